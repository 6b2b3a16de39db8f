package dev.cadenza.auth.session;

import java.time.Instant;
import java.util.Map;

/** What happens to sessions. */
public sealed interface SessionEvent {

    /**
     * For the audit log.
     *
     * @param action such as {@code login.succeeded}
     * @param details further facts, never a secret
     */
    record Audited(String action, Map<String, String> details) implements SessionEvent {

        public Audited {
            details = Map.copyOf(details);
        }

        /** There is no more to say. */
        static Audited of(String action) {
            return new Audited(action, Map.of());
        }
    }

    /**
     * Its tokens hold no longer.
     *
     * @param until when the last of them has expired by itself
     */
    record Revoked(Instant until) implements SessionEvent {}
}
