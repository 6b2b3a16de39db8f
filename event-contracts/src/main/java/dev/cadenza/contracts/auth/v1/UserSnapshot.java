package dev.cadenza.contracts.auth.v1;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account after a change. Carries no e-mail address: other services have no use for it.
 *
 * @param number positive integer id
 * @param username as its owner wrote it
 * @param roles realm roles, such as {@code user} and {@code admin}
 * @param displayName null where the owner gave none
 * @param avatarUrl absolute address of a picture; null where there is none
 */
public record UserSnapshot(
        UUID userId,
        long number,
        String username,
        boolean verified,
        List<String> roles,
        Instant createdAt,
        @Nullable String displayName,
        @Nullable String avatarUrl) {

    /** Without a profile. */
    public UserSnapshot(
            UUID userId, long number, String username, boolean verified, List<String> roles, Instant createdAt) {
        this(userId, number, username, verified, roles, createdAt, null, null);
    }
}
