package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.playlist.user.User;
import dev.cadenza.playlist.user.Users;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Who works on a playlist: for those who do. */
public final class ListCollaborators {

    private final Playlists playlists;
    private final Users users;

    public ListCollaborators(Playlists playlists, Users users) {
        this.playlists = playlists;
        this.users = users;
    }

    /** Somebody who works on it. */
    public record Named(Playlist.Collaborator collaborator, String username) {}

    /** In the order in which they were invited. Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} for others. */
    public Mono<List<Named>> list(UUID id, UUID user) {
        return FindPlaylist.visible(playlists, id, user)
                .map(playlist -> playlist.state().open(user, Permission.READ).collaborators())
                .flatMap(collaborators -> users.find(collaborators.stream()
                                .map(Playlist.Collaborator::userId)
                                .toList())
                        .collectMap(User::id, User::username)
                        .map(names -> named(collaborators, names)));
    }

    /** An account that is gone has no name any more, and leaves the playlist soon. */
    private static List<Named> named(List<Playlist.Collaborator> collaborators, Map<UUID, String> names) {
        return collaborators.stream()
                .filter(collaborator -> names.containsKey(collaborator.userId()))
                .map(collaborator -> new Named(collaborator, names.getOrDefault(collaborator.userId(), "")))
                .toList();
    }
}
