package dev.cadenza.analytics.config;

import dev.cadenza.analytics.audit.AnchorHead;
import dev.cadenza.analytics.audit.Anchors;
import dev.cadenza.analytics.audit.AuditCounts;
import dev.cadenza.analytics.audit.AuditLog;
import dev.cadenza.analytics.audit.AuditSettings;
import dev.cadenza.analytics.audit.CountRows;
import dev.cadenza.analytics.audit.Denials;
import dev.cadenza.analytics.audit.ReadAuditLog;
import dev.cadenza.analytics.audit.ReadAuditStats;
import dev.cadenza.analytics.audit.VerifyChain;
import dev.cadenza.analytics.suspicion.FindSuspicious;
import dev.cadenza.analytics.suspicion.SuspicionSettings;
import dev.cadenza.platform.events.PeriodicTask;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The audit log, wired. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    /** For what computes: hashes, and the search in tens of thousands of rows. */
    @Bean(destroyMethod = "dispose", defaultCandidate = false)
    Scheduler auditScheduler() {
        return Schedulers.newBoundedElastic(2, 1_000, "audit");
    }

    @Bean
    ReadAuditStats readAuditStats(AuditLog log, AuditCounts counts) {
        return new ReadAuditStats(log, counts);
    }

    @Bean
    ReadAuditLog readAuditLog(AuditLog log, Denials denials, ReadAuditStats stats) {
        return new ReadAuditLog(log, denials, stats);
    }

    @Bean
    VerifyChain verifyChain(AuditLog log, Anchors anchors, @Qualifier("auditScheduler") Scheduler scheduler) {
        return new VerifyChain(log, anchors, scheduler);
    }

    @Bean
    FindSuspicious findSuspicious(
            AuditLog log,
            Denials denials,
            SuspicionSettings settings,
            Clock clock,
            @Qualifier("auditScheduler") Scheduler scheduler) {
        return new FindSuspicious(log, denials, settings, clock, scheduler);
    }

    @Bean
    CountRows countRows(AuditLog log, AuditCounts counts) {
        return new CountRows(log, counts);
    }

    @Bean
    PeriodicTask countingRows(CountRows countRows, AuditSettings settings) {
        return new PeriodicTask("counting audit rows", settings.countInterval(), countRows::count);
    }

    @Bean
    AnchorHead anchorHead(AuditLog log, Anchors anchors, Clock clock) {
        return new AnchorHead(log, anchors, clock);
    }

    @Bean
    PeriodicTask anchoring(AnchorHead anchorHead, AuditSettings settings) {
        return new PeriodicTask("anchoring the audit chain", settings.anchorInterval(), anchorHead::anchor);
    }

    @Bean
    MeterBinder auditMeters(AnchorHead anchorHead) {
        return registry -> {
            Gauge.builder("audit.chain.length", anchorHead, AnchorHead::length)
                    .description("Rows of the audit log")
                    .register(registry);
            Gauge.builder("audit.chain.broken", anchorHead, head -> head.isBroken() ? 1 : 0)
                    .description("1 where the audit log is not what it was")
                    .register(registry);
        };
    }
}
