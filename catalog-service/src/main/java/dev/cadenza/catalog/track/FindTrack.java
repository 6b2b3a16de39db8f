package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** One track, for whoever may see it. */
@Component
public final class FindTrack {

    private final Tracks tracks;

    FindTrack(Tracks tracks) {
        this.tracks = tracks;
    }

    /** NotFound where there is none or the viewer (null: somebody without an identity) may not see it. */
    public Mono<Versioned<Track>> find(UUID id, @Nullable UUID viewer) {
        return tracks.find(id)
                .filter(track -> track.state().visibleTo(viewer))
                .switchIfEmpty(Mono.error(TrackFailures::notFound));
    }

    /** The same by integer id. */
    public Mono<Versioned<Track>> findByNumber(long number, @Nullable UUID viewer) {
        return tracks.findByNumber(number)
                .filter(track -> track.state().visibleTo(viewer))
                .switchIfEmpty(Mono.error(TrackFailures::notFound));
    }

    /** The same for whoever was given a signed address of it. */
    public Mono<Versioned<Track>> findShared(UUID id) {
        return tracks.find(id).switchIfEmpty(Mono.error(TrackFailures::notFound));
    }

    /** The same for whoever was given a signed address of it. */
    public Mono<Versioned<Track>> findShared(long number) {
        return tracks.findByNumber(number).switchIfEmpty(Mono.error(TrackFailures::notFound));
    }
}
