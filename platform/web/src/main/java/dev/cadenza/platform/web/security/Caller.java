package dev.cadenza.platform.web.security;

import dev.cadenza.platform.core.Failure;
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
 * @param session the login's session, the token's {@code sid}; null for an API key
 * @param key id of the API key that was used; null for a login
 * @param scopes what the API key lets into, such as {@code tracks:read}; null without a key
 */
public record Caller(
        UUID id,
        long number,
        String username,
        @Nullable String email,
        Set<String> roles,
        @Nullable String session,
        @Nullable String key,
        @Nullable Set<String> scopes) {

    public Caller {
        roles = Set.copyOf(roles);
        scopes = scopes == null ? null : Set.copyOf(scopes);
    }

    /** Without session and key. */
    public Caller(UUID id, long number, String username, @Nullable String email, Set<String> roles) {
        this(id, number, username, email, roles, null, null, null);
    }

    /** Whether the caller administers the platform. */
    public boolean isAdmin() {
        return roles.contains("admin");
    }

    /** Whether the caller may do what concerns the account itself; nobody can with an API key. */
    public boolean mayUseAccount() {
        return key == null;
    }

    /** This caller, who is here in person; with an API key 403 {@code auth.key_not_allowed}. */
    public Caller requireAccountUse() {
        if (!mayUseAccount()) {
            throw Failure.forbidden("auth.key_not_allowed", "This cannot be done with an API key.");
        }
        return this;
    }
}
