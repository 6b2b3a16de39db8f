package dev.cadenza.analytics.audit;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/** Searches the log: administrators in everybody's rows, others in their own. */
public final class ReadAuditLog {

    /** So many rows of a search can be paged through, and are counted where no count is kept. */
    public static final int MOST = 10_000;

    private static final Pattern ACTION = Pattern.compile("[a-z0-9_]{1,32}(\\.[a-z0-9_]{1,32}){0,3}");

    private final AuditLog log;
    private final Denials denials;
    private final ReadAuditStats stats;

    public ReadAuditLog(AuditLog log, Denials denials, ReadAuditStats stats) {
        this.log = log;
        this.denials = denials;
        this.stats = stats;
    }

    /**
     * A page, newest first. Rows of others are not there for who may not see them. Refused requests are found only where
     * their action is asked for.
     */
    public Mono<Page<AuditEntry>> read(AuditFilter filter, UUID viewer, boolean admin, Paging paging) {
        return Mono.defer(() -> {
            check(filter, paging);
            if (admin) {
                return page(filter, paging);
            }
            if (filter.userId() != null && !filter.userId().equals(viewer)) {
                return Mono.just(new Page<>(List.of(), 0, paging));
            }
            return page(filter.of(viewer), paging).map(page -> page.map(AuditEntry::withoutForeignOrigin));
        });
    }

    private Mono<Page<AuditEntry>> page(AuditFilter filter, Paging paging) {
        AuditEntries entries = Denials.ACTION.equals(filter.action()) ? denials : log;
        Mono<Long> total = entries == log && filter.isTimeless() ? counted(filter) : entries.count(filter, MOST);
        return Mono.zip(
                entries.find(filter, paging).collectList(), total, (rows, count) -> new Page<>(rows, count, paging));
    }

    private Mono<Long> counted(AuditFilter filter) {
        String action = filter.action();
        return stats.read(filter.userId())
                .map(counts -> action == null
                        ? counts.values().stream().mapToLong(Long::longValue).sum()
                        : counts.getOrDefault(action, 0L));
    }

    private static void check(AuditFilter filter, Paging paging) {
        if (paging.offset() + paging.limit() > MOST) {
            throw Failure.unreadable(
                    "parameter.invalid",
                    "Only the first " + MOST + " rows of a search can be paged through; narrow it by end_date.");
        }
        if (filter.action() != null && !ACTION.matcher(filter.action()).matches()) {
            throw Failure.invalidField("action", "An action looks like track.uploaded.");
        }
        if (filter.from() != null && filter.to() != null && filter.from().isAfter(filter.to())) {
            throw Failure.invalidField("end_date", "The end must not be before the start.");
        }
    }
}
