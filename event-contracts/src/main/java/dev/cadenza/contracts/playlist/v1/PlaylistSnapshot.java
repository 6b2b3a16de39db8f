package dev.cadenza.contracts.playlist.v1;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A playlist after a change.
 *
 * @param changedTrackId the track that was added or removed; null for other changes
 * @param ownerUsername null in what was written before it was told
 * @param collaboratorIds who sees it although it may be private, besides its owner; null likewise
 * @param followerCount as of this change: following alone is none; null likewise
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
        Instant createdAt,
        @Nullable String ownerUsername,
        @Nullable List<UUID> collaboratorIds,
        @Nullable Long followerCount) {

    /** Without what came later. */
    public PlaylistSnapshot(
            UUID playlistId,
            long number,
            UUID ownerId,
            String title,
            String description,
            boolean isPublic,
            List<UUID> trackIds,
            @Nullable UUID changedTrackId,
            Instant createdAt) {
        this(
                playlistId,
                number,
                ownerId,
                title,
                description,
                isPublic,
                trackIds,
                changedTrackId,
                createdAt,
                null,
                null,
                null);
    }
}
