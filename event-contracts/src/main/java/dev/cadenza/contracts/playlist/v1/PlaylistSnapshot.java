package dev.cadenza.contracts.playlist.v1;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A playlist after a change.
 *
 * @param changedTrackId the track that was added or removed; null for other changes
 */
public record PlaylistSnapshot(
        UUID playlistId,
        long number,
        UUID ownerId,
        String title,
        String description,
        boolean isPublic,
        List<UUID> trackIds,
        @Nullable UUID changedTrackId,
        Instant createdAt) {}
