package dev.cadenza.playlist.playlist;

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
import reactor.core.publisher.Mono;

/**
 * Keeps the titles of one owner's playlists apart, for dialects in which no two are called the same. Others give titles as
 * they like: what they did before is respected, what they do at the same moment is not seen.
 */
public final class UniqueNames {

    private static final Logger LOG = LoggerFactory.getLogger(UniqueNames.class);

    /** Longer than storing a picture takes: so long does a process that was killed keep a title from its owner. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final Failure TAKEN =
            new Failure.Conflict("playlist.title_taken", "You have a playlist of this title.");

    private final Playlists playlists;
    private final NameClaims claims;
    private final Clock clock;

    public UniqueNames(Playlists playlists, NameClaims claims, Clock clock) {
        this.playlists = playlists;
        this.claims = claims;
        this.clock = clock;
    }

    /** Does the work that makes a playlist of this title; Conflict where its owner has one, or somebody is making it. */
    public <T> Mono<T> made(UUID ownerId, String title, Mono<T> work) {
        return alone(ownerId, title.strip(), work);
    }

    /**
     * Does the work that changes the playlist; Conflict as above where that gives it another title.
     *
     * @param title null: it keeps its own
     */
    public <T> Mono<T> renamed(Versioned<Playlist> playlist, @Nullable String title, Mono<T> work) {
        return title == null || title.strip().equals(playlist.state().title())
                ? work
                : alone(playlist.state().ownerId(), title.strip(), work);
    }

    private <T> Mono<T> alone(UUID ownerId, String title, Mono<T> work) {
        return Mono.defer(() -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Instant until = now.plus(LEASE);
            return Mono.usingWhen(
                    claims.take(ownerId, title, now, until)
                            .filter(taken -> taken)
                            .switchIfEmpty(Mono.error(TAKEN::asException)),
                    claim -> playlists
                            .hasTitle(ownerId, title)
                            .flatMap(has -> has ? Mono.error(TAKEN::asException) : work),
                    claim -> claims.release(ownerId, title, until).onErrorResume(error -> {
                        LOG.warn(
                                "the title of a playlist of {} stays claimed until {}: {}",
                                ownerId,
                                until,
                                error.toString());
                        return Mono.empty();
                    }));
        });
    }
}
