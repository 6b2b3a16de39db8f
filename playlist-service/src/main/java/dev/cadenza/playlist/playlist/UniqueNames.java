package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.NameClaims;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps the titles of one owner's playlists apart, for dialects in which no two are called the same. Others give titles as
 * they like: what they did before is respected, what they do at the same moment is not seen.
 */
public final class UniqueNames {

    private static final Failure TAKEN =
            new Failure.Conflict("playlist.title_taken", "You have a playlist of this title.");

    private final Playlists playlists;
    private final NameClaims claims;

    public UniqueNames(Playlists playlists, NameClaims claims) {
        this.playlists = playlists;
        this.claims = claims;
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
        return claims.alone(
                ownerId,
                title,
                TAKEN::asException,
                playlists.hasTitle(ownerId, title).flatMap(has -> has ? Mono.error(TAKEN::asException) : work));
    }
}
