package dev.cadenza.contracts.catalog.v1;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody began to download a track: a request for its file that starts at byte 0.
 *
 * @param downloadId identity of this download; a repeat of the event carries the same
 * @param listenerId null for somebody without an identity
 */
public record DownloadStarted(
        UUID downloadId,
        UUID trackId,
        UUID ownerId,
        @Nullable UUID listenerId,
        Instant startedAt) {}
