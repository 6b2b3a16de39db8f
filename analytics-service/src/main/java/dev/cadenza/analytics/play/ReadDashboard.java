package dev.cadenza.analytics.play;

import dev.cadenza.analytics.play.Dashboard.Day;
import dev.cadenza.analytics.play.Dashboard.Period;
import dev.cadenza.analytics.track.FindTrack;
import dev.cadenza.analytics.track.Track;
import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/** The dashboard of a track, for its owner and administrators. */
public final class ReadDashboard {

    /** Days that it covers, today included. */
    static final int DAYS = 30;

    private final FindTrack findTrack;
    private final Plays plays;
    private final Clock clock;

    public ReadDashboard(FindTrack findTrack, Plays plays, Clock clock) {
        this.findTrack = findTrack;
        this.plays = plays;
        this.clock = clock;
    }

    /**
     * Fails with {@link Failure.NotFound} when the user may not see the track, with {@link Failure.Forbidden} when it is
     * somebody else's public one. Administrators see every track's.
     */
    public Mono<Dashboard> read(UUID trackId, UUID user, boolean admin) {
        return (admin ? findTrack.findAny(trackId) : findTrack.find(trackId, user))
                .filter(track -> admin || track.ownerId().equals(user))
                .switchIfEmpty(Mono.error(
                        () -> Failure.forbidden("track.not_yours", "Only the owner sees the analytics of a track.")))
                .flatMap(this::dashboard);
    }

    private Mono<Dashboard> dashboard(Track track) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LocalDate first = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS - 1);
        Period period = new Period(first.atStartOfDay(ZoneOffset.UTC).toInstant(), now, DAYS);
        return Mono.zip(plays.stats(track.id()), plays.byDay(track.id(), first.toString()), (stats, byDay) -> {
            List<Day> days = IntStream.range(0, DAYS)
                    .mapToObj(first::plusDays)
                    .map(date -> new Day(date, byDay.getOrDefault(date.toString(), 0L)))
                    .toList();
            return new Dashboard(track.id(), stats, days, period);
        });
    }
}
