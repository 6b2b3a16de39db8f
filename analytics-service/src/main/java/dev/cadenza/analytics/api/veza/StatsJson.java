package dev.cadenza.analytics.api.veza;

import dev.cadenza.analytics.play.Dashboard;
import dev.cadenza.analytics.play.TrackStats;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Numbers about a track, with one decimal. */
record StatsJson(long totalPlays, long uniqueListeners, double averageDuration, double completionRate) {

    static StatsJson of(TrackStats stats) {
        return new StatsJson(
                stats.totalPlays(),
                stats.uniqueListeners(),
                oneDecimal(stats.averageSeconds()),
                oneDecimal(stats.completionRate()));
    }

    private static double oneDecimal(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /** {@code {"stats":…}}. */
    record TrackStatsJson(StatsJson stats) {}

    /** {@code {"dashboard":…}}. */
    record AnalyticsJson(DashboardJson dashboard) {}

    record DashboardJson(UUID trackId, StatsJson stats, List<DayJson> playsOverTime, PeriodJson period) {
        static DashboardJson of(Dashboard dashboard) {
            return new DashboardJson(
                    dashboard.trackId(),
                    StatsJson.of(dashboard.stats()),
                    dashboard.playsOverTime().stream().map(DayJson::of).toList(),
                    new PeriodJson(
                            dashboard.period().start(),
                            dashboard.period().end(),
                            dashboard.period().days()));
        }
    }

    record DayJson(Instant date, long count) {
        static DayJson of(Dashboard.Day day) {
            return new DayJson(day.date().atStartOfDay(ZoneOffset.UTC).toInstant(), day.count());
        }
    }

    record PeriodJson(Instant startDate, Instant endDate, int days) {}
}
