package dev.cadenza.analytics.api.musewave;

import dev.cadenza.analytics.play.Dashboard;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Numbers about a track.
 *
 * @param dailyPlays by date, oldest first
 * @param avgListenDuration seconds, with one decimal
 * @param completionRate percentage, with one decimal
 * @param updatedAt of when they are
 */
record TrackStatsJson(
        UUID trackId,
        Map<String, Long> dailyPlays,
        long totalUniqueListeners,
        double avgListenDuration,
        double completionRate,
        Instant updatedAt) {

    static TrackStatsJson of(Dashboard dashboard) {
        Map<String, Long> days = new LinkedHashMap<>();
        dashboard.playsOverTime().forEach(day -> days.put(day.date().toString(), day.count()));
        return new TrackStatsJson(
                dashboard.trackId(),
                days,
                dashboard.stats().uniqueListeners(),
                oneDecimal(dashboard.stats().averageSeconds()),
                oneDecimal(dashboard.stats().completionRate()),
                dashboard.period().end());
    }

    private static double oneDecimal(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
