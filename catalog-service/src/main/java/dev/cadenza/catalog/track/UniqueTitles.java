package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps the titles of one owner apart, for dialects in which no two of his tracks are called the same. Others give titles as
 * they like: what they did before is respected, what they do at the same moment is not seen.
 */
@Component
public final class UniqueTitles {

    private static final Logger LOG = LoggerFactory.getLogger(UniqueTitles.class);

    /** Longer than storing a file takes: so long does a process that was killed keep a title from its owner. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final Failure TAKEN = new Failure.Conflict("track.title_taken", "You have a track of this title.");

    private final Tracks tracks;
    private final TitleClaims claims;
    private final Clock clock;

    UniqueTitles(Tracks tracks, TitleClaims claims, Clock clock) {
        this.tracks = tracks;
        this.claims = claims;
        this.clock = clock;
    }

    /** Does the work that makes a track of this title; Conflict where its owner has one, or somebody is making it. */
    public <T> Mono<T> made(UUID ownerId, String title, Mono<T> work) {
        return alone(ownerId, TextFields.clean(title), work);
    }

    /**
     * Does the work that describes the track; Conflict as above where that gives it another title.
     *
     * @param title null: it keeps its own
     */
    public <T> Mono<T> described(Versioned<Track> track, @Nullable String title, Mono<T> work) {
        if (title == null
                || TextFields.clean(title).equals(track.state().details().title())) {
            return work;
        }
        return alone(track.state().ownerId(), TextFields.clean(title), work);
    }

    private <T> Mono<T> alone(UUID ownerId, String title, Mono<T> work) {
        return Mono.defer(() -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Instant until = now.plus(LEASE);
            return Mono.usingWhen(
                    claims.take(ownerId, title, now, until)
                            .filter(taken -> taken)
                            .switchIfEmpty(taken()),
                    claim -> tracks.hasTitle(ownerId, title).flatMap(has -> has ? taken() : work),
                    claim -> claims.release(ownerId, title, until).onErrorResume(error -> {
                        LOG.warn(
                                "the title of a track of {} stays claimed until {}: {}",
                                ownerId,
                                until,
                                error.toString());
                        return Mono.empty();
                    }));
        });
    }

    private static <T> Mono<T> taken() {
        return Mono.error(TAKEN::asException);
    }
}
