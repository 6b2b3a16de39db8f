package dev.cadenza.auth.account;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to accounts. */
public sealed interface AccountEvent {

    /** An account came to be. */
    record Registered() implements AccountEvent {}

    /** The owner proved the e-mail address. */
    record Verified() implements AccountEvent {}

    /** Name, profile or roles changed. */
    record Updated() implements AccountEvent {}

    /** The account is gone. */
    record Deleted() implements AccountEvent {}

    /**
     * For the audit log, in the outbox of the same write.
     *
     * @param action such as {@code account.locked}; the list is in docs/identity.md
     * @param actor who did it, where it is not the owner
     * @param target what it was done to; null for the account itself
     * @param details further facts, never a secret
     */
    record Audited(
            String action, @Nullable UUID actor, @Nullable String target, Map<String, String> details)
            implements AccountEvent {

        public Audited {
            details = Map.copyOf(details);
        }

        /** The owner did it, and there is no more to say. */
        static Audited byOwner(String action) {
            return new Audited(action, null, null, Map.of());
        }
    }

    /**
     * Tokens of the account hold no longer.
     *
     * @param issuedBefore those issued before this moment
     * @param until when the last of them has expired by itself
     */
    record Revoked(Instant issuedBefore, Instant until) implements AccountEvent {}
}
