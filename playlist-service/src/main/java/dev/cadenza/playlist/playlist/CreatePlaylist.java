package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** A user makes a playlist. */
public final class CreatePlaylist {

    private final Playlists playlists;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public CreatePlaylist(Playlists playlists, Clock clock, Supplier<UUID> ids) {
        this.playlists = playlists;
        this.clock = clock;
        this.ids = ids;
    }

    /** Fails with {@link Failure.Invalid} naming every wrong field. */
    public Mono<Versioned<Playlist>> create(UUID ownerId, String ownerUsername, PlaylistFacts facts) {
        return Mono.fromSupplier(() -> Playlist.create(
                        ownerId, ownerUsername, facts, clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .flatMap(created -> playlists.add(ids.get(), created));
    }
}
