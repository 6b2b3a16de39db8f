package dev.cadenza.analytics.track;

import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds a track that somebody may see. The event of a track that was uploaded a moment ago may still be on its way; a
 * track's id tells its age (UUID version 7), so only for ids of the last minute this waits, and 2 s at most.
 */
public final class FindTrack {

    static final Duration YOUNG = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS = 20;

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
        return find(trackId, track -> track.visibleTo(viewer));
    }

    /** The track, whosever it is: for administrators. Fails with {@link Failure.NotFound} when it is absent. */
    public Mono<Track> findAny(UUID trackId) {
        return find(trackId, track -> true);
    }

    private Mono<Track> find(UUID trackId, Predicate<Track> visible) {
        Mono<Track> found = Mono.defer(() -> tracks.find(trackId));
        Mono<Track> awaited = isYoung(trackId)
                ? found.repeatWhenEmpty(STEPS, empties -> empties.delayElements(STEP))
                        .onErrorResume(IllegalStateException.class, exhausted -> Mono.empty())
                : found;
        return awaited.filter(visible)
                .switchIfEmpty(Mono.error(() -> Failure.notFound("track.not_found", "Track not found.")));
    }

    private boolean isYoung(UUID id) {
        if (id.version() != 7) {
            return false;
        }
        Instant created = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        Duration age = Duration.between(created, clock.instant());
        return age.abs().compareTo(YOUNG) < 0;
    }
}
