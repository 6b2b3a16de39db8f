package dev.cadenza.playlist.playlist;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** A user follows a playlist of somebody else's. */
public record Follow(UUID playlistId, UUID playlistOwnerId, UUID userId, String username, Instant at) {

    /** The id of the one follow that there can be of a user and a playlist. */
    public static UUID id(UUID playlistId, UUID userId) {
        return UUID.nameUUIDFromBytes(("follow:" + playlistId + ":" + userId).getBytes(StandardCharsets.UTF_8));
    }
}
