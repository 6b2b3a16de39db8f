package dev.cadenza.platform.web;

import java.time.Instant;
import org.springframework.web.server.ServerWebExchange;

/**
 * Success form of the musicgen dialect.
 *
 * @param success always true
 * @param requestId the answer's {@code X-Request-Id}
 */
public record MusicgenEnvelope<T>(boolean success, T data, String message, Instant timestamp, String requestId) {

    /** Wraps {@code data}. */
    public static <T> MusicgenEnvelope<T> of(T data, String message, Instant now, ServerWebExchange exchange) {
        return new MusicgenEnvelope<>(true, data, message, now, RequestIds.of(exchange));
    }
}
