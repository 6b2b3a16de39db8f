package dev.cadenza.auth.key;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens to the keys of an account. */
public sealed interface KeyEvent {

    /**
     * Something for the audit log.
     *
     * @param key id of the key
     */
    record Audited(String action, String key, Map<String, String> details) implements KeyEvent {

        public Audited {
            details = Map.copyOf(details);
        }
    }

    /**
     * Tokens that were made for a key hold no longer.
     *
     * @param issuedBefore only those that were made before; null for all
     * @param until when the last of them has expired by itself
     */
    record Revoked(String key, @Nullable Instant issuedBefore, Instant until) implements KeyEvent {}
}
