package dev.cadenza.contracts.playlist.v1;

import java.time.Instant;
import java.util.UUID;

/**
 * A user follows somebody else's playlist, or took that back.
 *
 * @param username of the user, empty where the account is gone
 */
public record PlaylistFollowChanged(
        UUID playlistId, UUID playlistOwnerId, UUID userId, String username, boolean following, Instant at) {}
