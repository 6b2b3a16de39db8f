package dev.cadenza.analytics.api.veza;

import dev.cadenza.analytics.api.veza.AuditJson.CountsJson;
import dev.cadenza.analytics.api.veza.AuditJson.LogsJson;
import dev.cadenza.analytics.api.veza.AuditJson.SuspiciousJson;
import dev.cadenza.analytics.audit.AuditFilter;
import dev.cadenza.analytics.audit.ReadAuditLog;
import dev.cadenza.analytics.audit.ReadAuditStats;
import dev.cadenza.analytics.suspicion.FindSuspicious;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.VezaPages;
import dev.cadenza.platform.web.security.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The audit log, to its users and to administrators. */
@RestController
@RequestMapping("/api/v1")
class AuditController {

    private final ReadAuditLog readAuditLog;
    private final ReadAuditStats readAuditStats;
    private final FindSuspicious findSuspicious;

    AuditController(ReadAuditLog readAuditLog, ReadAuditStats readAuditStats, FindSuspicious findSuspicious) {
        this.readAuditLog = readAuditLog;
        this.readAuditStats = readAuditStats;
        this.findSuspicious = findSuspicious;
    }

    @GetMapping("/audit/logs")
    Mono<VezaEnvelope<LogsJson>> logs(
            @RequestParam(name = "user_id", required = false) @Nullable UUID userId,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(name = "start_date", required = false) @Nullable String startDate,
            @RequestParam(name = "end_date", required = false) @Nullable String endDate,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "20") int limit,
            Caller caller) {
        AuditFilter filter = new AuditFilter(
                userId,
                action == null || action.isEmpty() ? null : action,
                Moments.parse("start_date", startDate),
                Moments.parse("end_date", endDate));
        Paging paging = VezaPages.of(page, limit);
        return readAuditLog
                .read(filter, caller.id(), caller.isAdmin(), paging)
                .map(rows -> VezaEnvelope.data(LogsJson.of(rows)));
    }

    @GetMapping("/audit/stats")
    Mono<VezaEnvelope<CountsJson>> stats(Caller caller) {
        return readAuditStats
                .read(caller.isAdmin() ? null : caller.id())
                .map(counts -> VezaEnvelope.data(CountsJson.of(counts)));
    }

    @GetMapping("/admin/audit/logs")
    Mono<VezaEnvelope<LogsJson>> allLogs(
            @RequestParam(name = "user_id", required = false) @Nullable UUID userId,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(name = "start_date", required = false) @Nullable String startDate,
            @RequestParam(name = "end_date", required = false) @Nullable String endDate,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "20") int limit,
            Caller caller) {
        demandAdmin(caller);
        return logs(userId, action, startDate, endDate, page, limit, caller);
    }

    @GetMapping("/admin/audit/stats")
    Mono<VezaEnvelope<CountsJson>> allStats(Caller caller) {
        demandAdmin(caller);
        return stats(caller);
    }

    @GetMapping("/admin/audit/suspicious")
    Mono<VezaEnvelope<SuspiciousJson>> suspicious(@RequestParam(defaultValue = "24h") String window, Caller caller) {
        demandAdmin(caller);
        return findSuspicious.find(Moments.window(window)).map(report -> VezaEnvelope.data(SuspiciousJson.of(report)));
    }

    private static void demandAdmin(Caller caller) {
        if (!caller.isAdmin()) {
            throw Failure.forbidden("access.denied", "You do not have permission to perform this action.");
        }
    }
}
