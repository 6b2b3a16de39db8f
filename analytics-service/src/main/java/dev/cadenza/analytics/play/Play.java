package dev.cadenza.analytics.play;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody listened to a track. A fact: counted once, never changed.
 *
 * @param listenerId null for somebody without an identity
 * @param reportedSeconds how much was heard, where that was known at once; null where only the start was
 * @param day of {@code at} in UTC, as {@code 2025-01-31}, to count by
 */
public record Play(
        UUID trackId,
        UUID ownerId,
        @Nullable UUID listenerId,
        @Nullable Double reportedSeconds,
        Instant at,
        String day) {

    /** A play whose start was seen. */
    public static Play started(UUID trackId, UUID ownerId, @Nullable UUID listenerId, Instant at) {
        return new Play(trackId, ownerId, listenerId, null, at, day(at));
    }

    /** A play that a listener told of afterwards. */
    public static Play reported(UUID trackId, UUID ownerId, UUID listenerId, double seconds, Instant at) {
        return new Play(trackId, ownerId, listenerId, seconds, at, day(at));
    }

    /** The day of a moment, as plays carry it. */
    public static String day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
    }
}
