package dev.cadenza.contracts.auth.v1;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An account after a change. Carries no e-mail address: other services have no use for it.
 *
 * @param number positive integer id
 * @param roles realm roles, such as {@code user} and {@code admin}
 */
public record UserSnapshot(
        UUID userId, long number, String username, boolean verified, List<String> roles, Instant createdAt) {}
