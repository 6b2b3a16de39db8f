package dev.cadenza.analytics.play;

import dev.cadenza.analytics.play.Dashboard.Day;
import dev.cadenza.analytics.play.Dashboard.Period;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/** Makes dashboards, whoever may see them. */
public final class Dashboards {

    /** Days that they cover, today included. */
    static final int DAYS = 30;

    private final Plays plays;
    private final Clock clock;

    public Dashboards(Plays plays, Clock clock) {
        this.plays = plays;
        this.clock = clock;
    }

    /** The dashboard of a track at this moment. */
    Mono<Dashboard> of(UUID trackId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LocalDate first = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS - 1);
        Period period = new Period(first.atStartOfDay(ZoneOffset.UTC).toInstant(), now, DAYS);
        return Mono.zip(plays.stats(trackId), plays.byDay(trackId, first.toString()), (stats, byDay) -> {
            List<Day> days = IntStream.range(0, DAYS)
                    .mapToObj(first::plusDays)
                    .map(date -> new Day(date, byDay.getOrDefault(date.toString(), 0L)))
                    .toList();
            return new Dashboard(trackId, stats, days, period);
        });
    }
}
