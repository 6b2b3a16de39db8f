package dev.cadenza.auth.session;

import java.time.Instant;

/** What happens to sessions. */
public sealed interface SessionEvent {

    /**
     * For the audit log.
     *
     * @param action such as {@code login.succeeded}
     */
    record Audited(String action) implements SessionEvent {}

    /**
     * Its tokens hold no longer.
     *
     * @param until when the last of them has expired by itself
     */
    record Revoked(Instant until) implements SessionEvent {}
}
