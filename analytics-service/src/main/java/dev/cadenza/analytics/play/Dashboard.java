package dev.cadenza.analytics.play;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What there is to know about how a track is heard.
 *
 * @param stats over all time
 * @param playsOverTime one for each day of the period, oldest first
 */
public record Dashboard(UUID trackId, TrackStats stats, List<Day> playsOverTime, Period period) {

    /** Plays of a day in UTC. */
    public record Day(LocalDate date, long count) {}

    /**
     * Whole days and today.
     *
     * @param end the moment of asking
     */
    public record Period(Instant start, Instant end, int days) {}
}
