package dev.cadenza.catalog.album;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.events.RequestedIds;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Somebody makes an album of some of his tracks; those that were in another one move. */
@Component
public final class CreateAlbum {

    private final Albums albums;
    private final AlbumTracks tracks;
    private final Supplier<UUID> ids;
    private final Clock clock;

    CreateAlbum(Albums albums, AlbumTracks tracks, Supplier<UUID> ids, Clock clock) {
        this.albums = albums;
        this.tracks = tracks;
        this.ids = ids;
        this.clock = clock;
    }

    /** {@link Failure.Invalid} naming every wrong field, or {@code track_ids}. */
    public Mono<ShownAlbum> create(UUID ownerId, String ownerUsername, AlbumDetails.Change told, List<UUID> trackIds) {
        return Mono.fromSupplier(() -> AlbumDetails.of(told, ownerUsername))
                .flatMap(details -> tracks.check(trackIds, ownerId)
                        .then(RequestedIds.of("album", ids))
                        .flatMap(id -> tracks.moved(
                                trackIds,
                                id,
                                Mono.defer(() -> albums.add(
                                                id,
                                                Album.created(
                                                        ownerId, ownerUsername, details, trackIds, clock.instant()))
                                        // a request that is made again finds what it made before
                                        .onErrorResume(CreateAlbum::isThere, error -> albums.find(id))))))
                .flatMap(album -> tracks.shown(album, ownerId));
    }

    private static boolean isThere(Throwable error) {
        return error instanceof FailureException e
                && e.failure() instanceof Failure.Conflict conflict
                && conflict.code().equals("album.exists");
    }
}
