package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.playlist.user.FindUser;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The owner or an administrator of a playlist decides who works on it. */
public final class ManageCollaborators {

    private final Playlists playlists;
    private final FindUser findUser;
    private final Clock clock;

    public ManageCollaborators(Playlists playlists, FindUser findUser, Clock clock) {
        this.playlists = playlists;
        this.findUser = findUser;
        this.clock = clock;
    }

    /** What is decided about somebody. */
    public sealed interface Decision {

        /** They become a collaborator. */
        record Invite(Permission permission) implements Decision {}

        /** They may something else than before. */
        record Permit(Permission permission) implements Decision {}

        /** They are none any more; anybody may decide that about themselves. */
        record Dismiss() implements Decision {}
    }

    /**
     * Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} when that is not the deciding user's to say, with
     * {@link Failure.NotFound} when there is no such user or collaborator, with {@link Failure.Conflict} when it is the
     * owner, or somebody who is invited although they are a collaborator with another permission.
     */
    public Mono<Versioned<Playlist>> decide(UUID id, UUID by, UUID about, Decision decision) {
        Mono<Versioned<Playlist>> change =
                Mono.defer(() -> playlists.change(id, playlist -> change(playlist, by, about, decision)));
        return decision instanceof Decision.Invite
                ? FindPlaylist.visible(playlists, id, by)
                        .doOnNext(playlist -> playlist.state().open(by, Permission.ADMIN))
                        .then(Mono.defer(() -> findUser.find(about)))
                        .then(change)
                : change;
    }

    private Change<Playlist, PlaylistEvent> change(Playlist playlist, UUID by, UUID about, Decision decision) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Permission needed =
                decision instanceof Decision.Dismiss && by.equals(about) ? Permission.READ : Permission.ADMIN;
        Playlist open = playlist.open(by, needed);
        return switch (decision) {
            case Decision.Invite(Permission permission) -> open.invite(about, permission, now);
            case Decision.Permit(Permission permission) -> open.permit(about, permission, now);
            case Decision.Dismiss() -> open.dismiss(about, now);
        };
    }
}
