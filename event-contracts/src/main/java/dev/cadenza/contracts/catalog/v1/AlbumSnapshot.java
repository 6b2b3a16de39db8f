package dev.cadenza.contracts.catalog.v1;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An album after a change.
 *
 * @param isPublic whether everybody sees it; which of its tracks they see, the tracks say
 * @param coverUrl address of its picture, as its owner gave it; null where there is none
 * @param trackIds in order; tracks of the owner
 */
public record AlbumSnapshot(
        UUID albumId,
        UUID ownerId,
        String ownerUsername,
        String title,
        String artist,
        @Nullable String genre,
        @Nullable String description,
        @Nullable String coverUrl,
        @Nullable Instant releaseDate,
        boolean isPublic,
        List<UUID> trackIds,
        Instant createdAt) {}
