package dev.cadenza.contracts.analytics.v1;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A listening was counted.
 *
 * @param listenedSeconds how much was heard; 0 where only the start is known
 */
public record PlayRecorded(
        UUID playId, UUID trackId, UUID ownerId, @Nullable UUID listenerId, double listenedSeconds, Instant at) {}
