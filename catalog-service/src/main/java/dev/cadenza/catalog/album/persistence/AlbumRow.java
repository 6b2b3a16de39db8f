package dev.cadenza.catalog.album.persistence;

import dev.cadenza.catalog.album.Album;
import dev.cadenza.catalog.album.AlbumDetails;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An album as it is stored.
 *
 * @param trackIds null where there is none: to a unique index all empty lists are the same
 */
record AlbumRow(
        UUID ownerId,
        String ownerUsername,
        AlbumDetails details,
        @Nullable List<UUID> trackIds,
        Album.@Nullable Departure departure,
        Instant createdAt,
        Instant updatedAt) {

    static AlbumRow of(Album album) {
        return new AlbumRow(
                album.ownerId(),
                album.ownerUsername(),
                album.details(),
                album.trackIds().isEmpty() ? null : album.trackIds(),
                album.departure(),
                album.createdAt(),
                album.updatedAt());
    }

    Album album() {
        return new Album(
                ownerId,
                ownerUsername,
                details,
                trackIds == null ? List.of() : trackIds,
                departure,
                createdAt,
                updatedAt);
    }
}
