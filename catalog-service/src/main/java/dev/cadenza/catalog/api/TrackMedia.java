package dev.cadenza.catalog.api;

import dev.cadenza.catalog.track.PlayTrack;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackFiles;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.media.MediaResponse;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The bytes of a track: to listen to, which counts, and to keep, which does not. Asks nobody whether they may. */
@Component
public final class TrackMedia {

    private final PlayTrack play;
    private final TrackFiles files;

    TrackMedia(PlayTrack play, TrackFiles files) {
        this.play = play;
        this.files = files;
    }

    /**
     * Answers with the audio, or sends on to where it is kept. A request that starts at the first byte is a listening.
     *
     * @param listener null for somebody without an identity
     */
    public Mono<Void> stream(ServerWebExchange exchange, Versioned<Track> track, @Nullable UUID listener) {
        String link = track.state().link();
        if (link != null) {
            return play.begin(track, listener).then(sendOn(exchange, link));
        }
        MediaResponse.Media media = media(track, null);
        Mono<Void> counted = MediaResponse.startsAtFirstByte(exchange.getRequest(), media)
                ? play.begin(track, listener)
                : Mono.empty();
        return counted.then(write(exchange, track, media));
    }

    /** Answers as {@link #stream} does, and is no listening: for addresses that players fetch as they like. */
    public Mono<Void> show(ServerWebExchange exchange, Versioned<Track> track) {
        String link = track.state().link();
        return link == null ? write(exchange, track, media(track, null)) : sendOn(exchange, link);
    }

    /** Answers with the audio as an attachment, or sends on to where it is kept. */
    public Mono<Void> download(ServerWebExchange exchange, Versioned<Track> track) {
        String link = track.state().link();
        return link == null ? write(exchange, track, media(track, filename(track.state()))) : sendOn(exchange, link);
    }

    private Mono<Void> write(ServerWebExchange exchange, Versioned<Track> track, MediaResponse.Media media) {
        return MediaResponse.write(exchange, media, (offset, length) -> files.read(track.id(), offset, length));
    }

    private static Mono<Void> sendOn(ServerWebExchange exchange, String link) {
        exchange.getResponse().setStatusCode(HttpStatus.FOUND);
        exchange.getResponse().getHeaders().setLocation(URI.create(link));
        return exchange.getResponse().setComplete();
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
