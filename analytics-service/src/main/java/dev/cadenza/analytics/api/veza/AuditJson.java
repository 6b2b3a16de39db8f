package dev.cadenza.analytics.api.veza;

import dev.cadenza.analytics.audit.AuditEntry;
import dev.cadenza.analytics.suspicion.FindSuspicious.Report;
import dev.cadenza.analytics.suspicion.Finding;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.web.VezaPages;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the audit log. */
record AuditJson(
        UUID id,
        @Nullable UUID userId,
        @Nullable UUID actorId,
        String action,
        @Nullable String target,
        String ipAddress,
        String userAgent,
        Map<String, String> details,
        Instant createdAt) {

    static AuditJson of(AuditEntry entry) {
        return new AuditJson(
                entry.id(),
                entry.userId(),
                entry.actorId(),
                entry.action(),
                entry.target(),
                entry.ip(),
                entry.userAgent(),
                entry.details(),
                entry.at());
    }

    private static List<AuditJson> of(List<AuditEntry> entries) {
        return entries.stream().map(AuditJson::of).toList();
    }

    record LogsJson(List<AuditJson> logs, VezaPages.Pagination pagination) {
        static LogsJson of(Page<AuditEntry> page) {
            return new LogsJson(AuditJson.of(page.items()), VezaPages.of(page));
        }
    }

    record CountsJson(long totalLogs, Map<String, Long> actionsCount) {
        static CountsJson of(Map<String, Long> counts) {
            return new CountsJson(
                    counts.values().stream().mapToLong(Long::longValue).sum(), counts);
        }
    }

    record SuspiciousJson(List<FindingJson> findings, int total, boolean complete, Instant startDate, Instant endDate) {
        static SuspiciousJson of(Report report) {
            return new SuspiciousJson(
                    report.findings().stream().map(FindingJson::of).toList(),
                    report.findings().size(),
                    report.complete(),
                    report.from(),
                    report.to());
        }
    }

    record FindingJson(
            String type,
            String severity,
            @Nullable UUID userId,
            @Nullable String ipAddress,
            int count,
            Instant firstSeen,
            Instant lastSeen,
            List<AuditJson> evidence) {
        static FindingJson of(Finding finding) {
            return new FindingJson(
                    word(finding.type()),
                    word(finding.severity()),
                    finding.userId(),
                    finding.ip(),
                    finding.count(),
                    finding.firstSeen(),
                    finding.lastSeen(),
                    AuditJson.of(finding.evidence()));
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }
}
