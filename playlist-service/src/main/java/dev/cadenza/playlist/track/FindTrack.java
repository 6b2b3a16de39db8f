package dev.cadenza.playlist.track;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.events.EventsUnderWay;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Finds a track that somebody may see; one that was uploaded a moment ago is waited for. */
public final class FindTrack {

    private final Tracks tracks;
    private final Clock clock;

    public FindTrack(Tracks tracks, Clock clock) {
        this.tracks = tracks;
        this.clock = clock;
    }

    /**
     * The track, visible to {@code viewer} (null: somebody without an identity).
     *
     * @return fails with {@link Failure.NotFound} when it is absent or somebody else's private one
     */
    public Mono<Track> find(UUID trackId, @Nullable UUID viewer) {
        Mono<Track> found = EventsUnderWay.await(trackId, clock, Mono.defer(() -> tracks.find(trackId)));
        return found.filter(track -> track.visibleTo(viewer))
                .switchIfEmpty(Mono.error(() -> Failure.notFound("track.not_found", "Track not found.")));
    }
}
