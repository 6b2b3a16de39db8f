package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.events.PersonalData;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** An account is gone: its playlists go, it works on nobody's any more, and follows none. */
public final class ErasePlaylists implements PersonalData {

    private final Playlists playlists;
    private final Follows follows;
    private final Clock clock;

    public ErasePlaylists(Playlists playlists, Follows follows, Clock clock) {
        this.playlists = playlists;
        this.follows = follows;
        this.clock = clock;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return playlists
                .deleteAllOf(account, List.of(new PlaylistEvent.Erased()))
                .thenMany(playlists.collaboratedOnBy(account))
                .concatMap(id -> leave(id, account))
                .then(follows.deleteAllBy(account));
    }

    private Mono<Void> leave(UUID id, UUID account) {
        return playlists
                .change(
                        id,
                        playlist -> playlist.permissionOf(account).isPresent()
                                ? playlist.dismiss(account, clock.instant().truncatedTo(ChronoUnit.MILLIS))
                                : Change.of(playlist))
                .then()
                .onErrorResume(Absence::isPlaylists, gone -> Mono.empty());
    }
}
