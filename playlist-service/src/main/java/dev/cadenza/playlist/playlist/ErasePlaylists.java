package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.events.PersonalData;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** An account is gone: its playlists go. */
public final class ErasePlaylists implements PersonalData {

    private final Playlists playlists;

    public ErasePlaylists(Playlists playlists) {
        this.playlists = playlists;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return playlists
                .deleteAllOf(account, List.of(new PlaylistEvent.Erased()))
                .then();
    }
}
