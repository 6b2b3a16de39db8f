package dev.cadenza.contracts.gateway.v1;

import java.time.Instant;

/**
 * A session was used; said at most once a minute for each.
 *
 * @param session the {@code sid} of its tokens
 */
public record SessionActive(String session, String ip, String userAgent, Instant at) {}
