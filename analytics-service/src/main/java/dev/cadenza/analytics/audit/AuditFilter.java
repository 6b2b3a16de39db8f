package dev.cadenza.analytics.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are meant; what is null does not matter.
 *
 * @param from earliest moment, included
 * @param to latest moment, included
 */
public record AuditFilter(
        @Nullable UUID userId,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant to) {

    AuditFilter of(UUID user) {
        return new AuditFilter(user, action, from, to);
    }

    boolean isTimeless() {
        return from == null && to == null;
    }
}
