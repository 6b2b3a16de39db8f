package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.api.SignedTracks;
import dev.cadenza.catalog.playback.Hls;
import dev.cadenza.catalog.playback.HlsPlaylist;
import dev.cadenza.catalog.track.PlayTrack;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.media.MediaResponse;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * HTTP Live Streaming. Whoever gets a playlist of a private track gets signed addresses in it, for players do not send
 * tokens with segments. The first segment of a rung is a listening.
 */
@RestController("vezaHlsController")
@RequestMapping("/api/v1/tracks/{id}/hls")
class HlsController {

    private static final MediaType PLAYLIST = MediaType.parseMediaType("application/vnd.apple.mpegurl");
    private static final String SEGMENT = "audio/mp4";
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,5}");

    private final SignedTracks tracks;
    private final Hls hls;
    private final PlayTrack play;

    HlsController(SignedTracks tracks, Hls hls, PlayTrack play) {
        this.tracks = tracks;
        this.hls = hls;
        this.play = play;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openHls() {
        return OpenRoutes.of(HttpMethod.GET, "/api/v1/tracks/{id}/hls/**");
    }

    @GetMapping("/master.m3u8")
    Mono<ResponseEntity<String>> master(@PathVariable String id, Optional<Caller> caller, ServerWebExchange exchange) {
        return track(id, caller, exchange).map(track -> playlist(HlsPlaylist.master(tracks.query(track))));
    }

    @GetMapping("/{rung}/index.m3u8")
    Mono<ResponseEntity<String>> rung(
            @PathVariable String id, @PathVariable String rung, Optional<Caller> caller, ServerWebExchange exchange) {
        int kbps = rung(rung);
        return track(id, caller, exchange)
                .flatMap(track -> hls.playlist(track, kbps, tracks.query(track)))
                .map(HlsController::playlist);
    }

    @GetMapping("/{rung}/init.mp4")
    Mono<Void> init(
            @PathVariable String id, @PathVariable String rung, Optional<Caller> caller, ServerWebExchange exchange) {
        int kbps = rung(rung);
        return track(id, caller, exchange)
                .flatMap(track -> hls.init(track, kbps)
                        .flatMap(bytes ->
                                MediaResponse.write(exchange, media(track, kbps, "init", bytes), slices(bytes))));
    }

    @GetMapping("/{rung}/{segment}.m4s")
    Mono<Void> segment(
            @PathVariable String id,
            @PathVariable String rung,
            @PathVariable String segment,
            Optional<Caller> caller,
            ServerWebExchange exchange) {
        int kbps = rung(rung);
        if (!NUMBER.matcher(segment).matches()) {
            throw noSegment();
        }
        int number = Integer.parseInt(segment);
        return track(id, caller, exchange)
                .flatMap(track -> hls.segment(track, kbps, number).flatMap(bytes -> {
                    MediaResponse.Media media = media(track, kbps, segment, bytes);
                    boolean begins = number == 0 && MediaResponse.startsAtFirstByte(exchange.getRequest(), media);
                    return (begins ? play.begin(track, caller.map(Caller::id).orElse(null)) : Mono.<Void>empty())
                            .then(MediaResponse.write(exchange, media, slices(bytes)));
                }));
    }

    private Mono<Versioned<Track>> track(String id, Optional<Caller> caller, ServerWebExchange exchange) {
        UUID viewer = caller.map(Caller::id).orElse(null);
        return tracks.find(Ids.ofPath(id), viewer, exchange.getRequest()).doOnNext(track -> {
            if (track.state().link() != null) {
                throw Failure.notFound("stream.elsewhere", "The audio of this track is kept elsewhere.");
            }
        });
    }

    private static int rung(String word) {
        return HlsPlaylist.rung(word).orElseThrow(HlsController::noSegment);
    }

    private static RuntimeException noSegment() {
        return Failure.notFound("stream.segment_not_found", "There is no such part of the track.");
    }

    private static ResponseEntity<String> playlist(String text) {
        return ResponseEntity.ok()
                .contentType(PLAYLIST)
                .header("Cache-Control", "private, no-cache")
                .body(text);
    }

    private static MediaResponse.Media media(Versioned<Track> track, int kbps, String part, ByteBuffer bytes) {
        return new MediaResponse.Media(
                bytes.remaining(),
                track.state().etag() + "-" + kbps + "-" + part,
                SEGMENT,
                track.state().createdAt(),
                null,
                track.state().details().isPublic());
    }

    private static MediaResponse.Reader slices(ByteBuffer bytes) {
        return (offset, length) -> Flux.just(bytes.slice((int) offset, (int) length));
    }
}
