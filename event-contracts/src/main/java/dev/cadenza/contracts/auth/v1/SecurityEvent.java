package dev.cadenza.contracts.auth.v1;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that concerns the security of an account. Where the request came from stands in the envelope.
 *
 * @param userId account concerned; null where there is none, such as a failed login under an unknown name
 * @param actorId who did it, where it is not the account's owner: an administrator; null otherwise
 * @param action such as {@code login.succeeded}; the list is in docs/identity.md
 * @param target what it was done to, such as the id of a session, a key or a role; null for the account itself
 * @param details further facts, never a secret
 */
public record SecurityEvent(
        @Nullable UUID userId,
        @Nullable UUID actorId,
        String action,
        @Nullable String target,
        Map<String, String> details) {}
