package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The owner deletes a playlist. What hung on it goes soon after: {@link CleanUpPlaylist}. */
public final class DeletePlaylist {

    private static final int RACES = 20;

    private final Playlists playlists;

    public DeletePlaylist(Playlists playlists) {
        this.playlists = playlists;
    }

    /** Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} when it is not the user's own. */
    public Mono<Void> delete(UUID id, UUID user) {
        return Mono.defer(() -> FindPlaylist.visible(playlists, id, user))
                .doOnNext(playlist -> playlist.state().openToOwner(user))
                .flatMap(playlist -> playlists.delete(playlist, List.of(new PlaylistEvent.Deleted())))
                // somebody added a track at the same moment: it goes all the same
                .retryWhen(Retry.max(RACES)
                        .filter(DeletePlaylist::isConflict)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()));
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException failed && failed.failure() instanceof Failure.Conflict;
    }
}
