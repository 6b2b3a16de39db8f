package dev.cadenza.gateway.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that has been answered, or given up.
 *
 * @param path without its query and without what may be secret in it
 * @param route pattern of the route table; null where no row matched
 * @param service that the route leads to; null where no row matched
 * @param status of the answer; 499 where the client went away before there was one
 * @param bytesIn of the request's body, as far as it was read
 * @param bytesOut of the answer's body, as far as it was sent
 * @param complete false where the answer broke off
 */
public record Visit(
        Instant at,
        String requestId,
        String method,
        String path,
        @Nullable String route,
        @Nullable String service,
        int status,
        long bytesIn,
        long bytesOut,
        long nanos,
        String ip,
        String userAgent,
        Visitor visitor,
        boolean complete) {}
