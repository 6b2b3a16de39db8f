package dev.cadenza.platform.web.security;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. As a controller parameter it demands an identity; {@code Optional<Caller>} where there may be none.
 *
 * @param id the user's UUID, the token's {@code sub}
 * @param number the user's positive integer id
 * @param email null where the token carries none
 * @param roles realm roles, such as {@code user} and {@code admin}
 */
public record Caller(
        UUID id, long number, String username, @Nullable String email, Set<String> roles) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether the caller administers the platform. */
    public boolean isAdmin() {
        return roles.contains("admin");
    }
}
