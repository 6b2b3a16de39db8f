package dev.cadenza.contracts.catalog.v1;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody began to listen: a request for the media that starts at byte 0.
 *
 * @param streamId identity of this listening; a repeat of the event carries the same
 * @param listenerId null for an anonymous listener
 */
public record StreamStarted(
        UUID streamId,
        UUID trackId,
        UUID ownerId,
        @Nullable UUID listenerId,
        double durationSeconds,
        Instant startedAt) {}
