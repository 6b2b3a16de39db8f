package dev.cadenza.contracts.social.v1;

import java.time.Instant;
import java.util.UUID;

/** A comment on a track was written or removed; the text is empty once removed. */
public record CommentChanged(
        UUID commentId, UUID trackId, UUID trackOwnerId, UUID userId, String username, String content, Instant at) {}
