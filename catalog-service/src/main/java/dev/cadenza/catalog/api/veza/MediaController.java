package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.track.FindTrack;
import dev.cadenza.catalog.track.PlayTrack;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackFiles;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.media.MediaResponse;
import dev.cadenza.platform.web.security.Caller;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The bytes of a track: to listen to, which counts, and to keep, which does not. */
@RestController("vezaMediaController")
class MediaController {

    private final FindTrack find;
    private final PlayTrack play;
    private final TrackFiles files;

    MediaController(FindTrack find, PlayTrack play, TrackFiles files) {
        this.find = find;
        this.play = play;
        this.files = files;
    }

    @GetMapping("/api/v1/tracks/{id}/stream")
    Mono<Void> stream(@PathVariable String id, Optional<Caller> caller, ServerWebExchange exchange) {
        UUID viewer = caller.map(Caller::id).orElse(null);
        return find.find(Ids.ofPath(id), viewer).flatMap(track -> {
            MediaResponse.Media media = media(track, null);
            Mono<Void> counted = MediaResponse.startsAtFirstByte(exchange.getRequest(), media)
                    ? play.begin(track, viewer)
                    : Mono.empty();
            return counted.then(write(exchange, track, media));
        });
    }

    @GetMapping("/api/v1/tracks/{id}/download")
    Mono<Void> download(@PathVariable String id, Optional<Caller> caller, ServerWebExchange exchange) {
        return find.find(Ids.ofPath(id), caller.map(Caller::id).orElse(null))
                .flatMap(track -> write(exchange, track, media(track, filename(track.state()))));
    }

    private Mono<Void> write(ServerWebExchange exchange, Versioned<Track> track, MediaResponse.Media media) {
        return MediaResponse.write(exchange, media, (offset, length) -> files.read(track.id(), offset, length));
    }

    private static MediaResponse.Media media(Versioned<Track> track, @Nullable String filename) {
        Track state = track.state();
        return new MediaResponse.Media(
                state.audio().fileSize(),
                state.etag(),
                state.audio().contentType(),
                state.createdAt(),
                filename,
                state.details().isPublic());
    }

    private static String filename(Track track) {
        String title = track.details().title().replaceAll("[/\\\\:*?\"<>|]", "_");
        return title + "." + track.audio().format();
    }
}
