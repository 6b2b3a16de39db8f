package dev.cadenza.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What travels over a topic; the record key is the aggregate's id.
 *
 * @param eventId identity of the fact; a repeat carries the same
 * @param seq strictly increasing per aggregate, so that a consumer knows older from newer
 * @param type such as {@code catalog.track.uploaded}
 * @param v version of {@code data}, from 1
 * @param traceparent W3C Trace Context of the request that made the fact; null outside a request
 * @param origin where that request came from; null outside a request
 */
public record EventEnvelope<T>(
        UUID eventId,
        long seq,
        String type,
        int v,
        Instant at,
        @Nullable String traceparent,
        @Nullable Origin origin,
        T data) {

    /** Without an origin. */
    public EventEnvelope(UUID eventId, long seq, String type, int v, Instant at, @Nullable String traceparent, T data) {
        this(eventId, seq, type, v, at, traceparent, null, data);
    }

    /**
     * Where a request came from.
     *
     * @param ip address of the client, as the gateway saw it
     * @param userAgent what the client says it is, shortened; empty where it says nothing
     */
    public record Origin(String ip, String userAgent) {}
}
