package dev.cadenza.analytics.play;

import dev.cadenza.analytics.track.FindTrack;
import dev.cadenza.analytics.track.Track;
import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A listener tells how long a track was heard. If the beginning of that was seen as a stream, this completes that play;
 * otherwise (the client has the audio from elsewhere) it is a play of its own.
 */
public final class ReportPlay {

    /** Pauses while listening, and the way of the stream's event. */
    static final Duration SLACK = Duration.ofMinutes(30);

    private final FindTrack findTrack;
    private final Plays plays;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public ReportPlay(FindTrack findTrack, Plays plays, Clock clock, Supplier<UUID> ids) {
        this.findTrack = findTrack;
        this.plays = plays;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * The id of the play. Fails with {@link Failure.NotFound} when the listener may not see the track, with
     * {@link Failure.Invalid} naming every wrong field.
     *
     * @param seconds heard
     */
    public Mono<UUID> report(UUID trackId, UUID listenerId, @Nullable Double seconds, @Nullable String device) {
        return findTrack.find(trackId, listenerId).flatMap(track -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Listening listening = Listening.report(trackId, track.durationSeconds(), seconds, device, now);
            Instant since =
                    now.minusMillis(Math.round(listening.seconds() * 1_000)).minus(SLACK);
            return plays.unreported(trackId, listenerId, since)
                    .switchIfEmpty(Mono.defer(() -> newPlay(track, listenerId, listening)))
                    .flatMap(playId -> plays.record(playId, listening).thenReturn(playId));
        });
    }

    private Mono<UUID> newPlay(Track track, UUID listenerId, Listening listening) {
        UUID id = ids.get();
        Play play = Play.reported(track.id(), track.ownerId(), listenerId, listening.seconds(), listening.at());
        return plays.record(id, play).thenReturn(id);
    }
}
