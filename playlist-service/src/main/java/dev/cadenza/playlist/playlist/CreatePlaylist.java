package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A user makes a playlist. Its picture is stored before, so that no playlist tells of one that is not there; what a crash
 * leaves without a playlist, {@link SweepCovers} removes.
 */
public final class CreatePlaylist {

    private final Playlists playlists;
    private final Covers covers;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public CreatePlaylist(Playlists playlists, Covers covers, Clock clock, Supplier<UUID> ids) {
        this.playlists = playlists;
        this.covers = covers;
        this.clock = clock;
        this.ids = ids;
    }

    /** Fails with {@link Failure.Invalid} naming every wrong field, and as {@link Covers#store} does. */
    public Mono<Versioned<Playlist>> create(
            UUID ownerId, String ownerUsername, PlaylistFacts facts, @Nullable Path cover) {
        return Mono.defer(() -> {
            UUID id = ids.get();
            if (cover == null) {
                return add(id, ownerId, ownerUsername, facts, null);
            }
            return covers.store(id, cover)
                    .flatMap(file -> add(id, ownerId, ownerUsername, facts, file)
                            .onErrorResume(error ->
                                    covers.delete(file).onErrorComplete().then(Mono.error(error))));
        });
    }

    private Mono<Versioned<Playlist>> add(
            UUID id, UUID ownerId, String ownerUsername, PlaylistFacts facts, @Nullable String cover) {
        return Mono.fromSupplier(() -> Playlist.create(
                        ownerId, ownerUsername, facts, cover, clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .flatMap(created -> playlists.add(id, created));
    }
}
