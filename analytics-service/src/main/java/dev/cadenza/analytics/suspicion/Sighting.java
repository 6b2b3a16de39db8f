package dev.cadenza.analytics.suspicion;

import dev.cadenza.analytics.audit.AuditEntry;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What matters of an entry: tens of thousands of them are looked at together.
 *
 * @param account whose login it was, also one that does not exist; empty where nobody knows
 * @param target of the entry; empty for none
 */
record Sighting(
        UUID id, Instant at, String action, @Nullable UUID userId, String account, String ip, String target) {

    static Sighting of(AuditEntry entry) {
        UUID user = entry.userId();
        String target = entry.target();
        return new Sighting(
                entry.id(),
                entry.at(),
                entry.action(),
                user,
                user == null ? entry.details().getOrDefault("login_hash", "") : user.toString(),
                entry.ip(),
                target == null ? "" : target);
    }
}
