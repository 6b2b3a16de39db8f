package dev.cadenza.contracts.social.v1;

import java.time.Instant;
import java.util.UUID;

/** A user liked a track, or took that back. */
public record LikeChanged(UUID trackId, UUID trackOwnerId, UUID userId, String username, boolean liked, Instant at) {}
