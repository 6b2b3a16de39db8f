package dev.cadenza.analytics.suspicion;

import dev.cadenza.analytics.audit.AuditEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that an administrator should look at.
 *
 * @param userId account concerned; null where there is none, or several
 * @param ip address that it came from; null where there are several
 * @param count events that it consists of
 * @param evidenceIds newest of them
 * @param evidence the same, newest first; empty until they are read
 */
public record Finding(
        Type type,
        Severity severity,
        @Nullable UUID userId,
        @Nullable String ip,
        int count,
        Instant firstSeen,
        Instant lastSeen,
        List<UUID> evidenceIds,
        List<AuditEntry> evidence) {

    /** Worst first, then newest first. */
    static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::lastSeen, Comparator.reverseOrder())
            .thenComparing(Finding::type);

    private static final int MOST_EVIDENCE = 20;

    /** What it is. */
    public enum Type {
        /** An old refresh token was used again: somebody has a copy. */
        TOKEN_REUSE,
        /** Many failed logins of one account. */
        FAILED_LOGINS_ACCOUNT,
        /** Many failed logins of several accounts from one address. */
        FAILED_LOGINS_ADDRESS,
        /** A login from a network that the account never used, soon after one from elsewhere. */
        NEW_NETWORK_LOGIN,
        /** Refusals of many different paths: somebody tries doors. */
        ACCESS_BURST
    }

    /** How bad it is; worst first. */
    public enum Severity {
        HIGH,
        MEDIUM
    }

    /** A finding of these events, in the order of time; never none. */
    static Finding of(Type type, Severity severity, @Nullable UUID userId, @Nullable String ip, List<Sighting> events) {
        List<UUID> newest = events.subList(Math.max(0, events.size() - MOST_EVIDENCE), events.size()).stream()
                .map(Sighting::id)
                .toList();
        return new Finding(
                type,
                severity,
                userId,
                ip,
                events.size(),
                events.getFirst().at(),
                events.getLast().at(),
                newest,
                List.of());
    }

    Finding with(List<AuditEntry> rows) {
        return new Finding(type, severity, userId, ip, count, firstSeen, lastSeen, evidenceIds, rows);
    }
}
