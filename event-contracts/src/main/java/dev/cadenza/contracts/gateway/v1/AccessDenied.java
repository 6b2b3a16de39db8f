package dev.cadenza.contracts.gateway.v1;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered 401, 403, 404 or 429: many of them in a row are somebody who tries doors. Not every one is
 * reported, only so many a minute from one address.
 *
 * @param userId null for an anonymous caller
 * @param keyId id of the API key that was used; null without one
 * @param route pattern of the route table, such as {@code /api/v1/tracks/{id}}; null where no route matched
 * @param path as it was asked for, without its query, at most 512 characters
 * @param status HTTP status of the answer
 */
public record AccessDenied(
        @Nullable UUID userId,
        @Nullable String keyId,
        String ip,
        String userAgent,
        String method,
        @Nullable String route,
        String path,
        int status,
        Instant at) {}
