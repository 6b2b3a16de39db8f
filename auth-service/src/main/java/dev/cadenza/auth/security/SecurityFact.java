package dev.cadenza.auth.security;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that concerns the security of an account.
 *
 * @param user account concerned; null where there is none
 * @param action such as {@code login.failed}; the list is in docs/identity.md
 * @param target what it was done to; null for the account itself
 * @param details further facts, never a secret
 */
public record SecurityFact(
        @Nullable UUID user, String action, @Nullable String target, Map<String, String> details, Instant at) {

    public SecurityFact {
        details = Map.copyOf(details);
    }
}
