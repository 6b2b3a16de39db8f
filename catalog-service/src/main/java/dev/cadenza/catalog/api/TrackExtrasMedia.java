package dev.cadenza.catalog.api;

import dev.cadenza.catalog.track.Findings;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackExtras;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.media.MediaResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What was made of a track's file, as answers. Asks nobody whether they may. */
@Component
public final class TrackExtrasMedia {

    private final TrackExtras extras;

    TrackExtrasMedia(TrackExtras extras) {
        this.extras = extras;
    }

    /** The picture that was in the file; NotFound where there was none. */
    public Mono<Void> artwork(ServerWebExchange exchange, Versioned<Track> track, boolean small) {
        Findings found = track.state().findings();
        return found == null || found.artwork() == null
                ? Mono.error(nothing())
                : answer(exchange, track, small ? TrackExtras.Kind.THUMBNAIL : TrackExtras.Kind.ARTWORK);
    }

    /** The peaks; NotFound before they are known. */
    public Mono<Void> waveform(ServerWebExchange exchange, Versioned<Track> track) {
        Findings found = track.state().findings();
        return found == null || !found.waveform()
                ? Mono.error(nothing())
                : answer(exchange, track, TrackExtras.Kind.WAVEFORM);
    }

    private Mono<Void> answer(ServerWebExchange exchange, Versioned<Track> track, TrackExtras.Kind kind) {
        return extras.find(track.id(), kind)
                .switchIfEmpty(Mono.error(TrackExtrasMedia::nothing))
                .flatMap(stored -> MediaResponse.write(
                        exchange,
                        new MediaResponse.Media(
                                stored.size(),
                                stored.etag(),
                                kind.contentType(),
                                stored.at(),
                                null,
                                track.state().details().isPublic()),
                        (offset, length) -> extras.read(track.id(), kind, offset, length)));
    }

    private static FailureException nothing() {
        return Failure.notFound("track.nothing_there", "The track has none.");
    }
}
