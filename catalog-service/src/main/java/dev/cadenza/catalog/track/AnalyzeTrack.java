package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Measures a track and completes it. A lease on the track keeps others from doing the same; it is prolonged while the
 * work goes on, so that a track whose analysis died with its process is free again soon.
 */
@Component
public final class AnalyzeTrack {

    private static final Logger LOG = LoggerFactory.getLogger(AnalyzeTrack.class);

    private final Tracks tracks;
    private final TrackFiles files;
    private final Inspector inspector;
    private final Clock clock;
    private final Duration lease;

    AnalyzeTrack(Tracks tracks, TrackFiles files, Inspector inspector, TrackSettings settings, Clock clock) {
        this.tracks = tracks;
        this.files = files;
        this.inspector = inspector;
        this.clock = clock;
        this.lease = settings.analysis().lease();
    }

    /** True once the track is completed or failed by this call; false where others do it, or it has to wait. */
    public Mono<Boolean> analyze(UUID id) {
        return Mono.defer(() -> {
                    Instant now = clock.instant();
                    return tracks.change(id, track -> track.analysisTaken(now, now.plus(lease)));
                })
                .flatMap(track -> keepingLease(id, files.withCopy(id, inspector::measure))
                        .flatMap(found -> tracks.change(id, current -> ended(current, found)))
                        .thenReturn(true)
                        .onErrorResume(error -> notDone(id, error)))
                .onErrorResume(AnalyzeTrack::takenByAnother, error -> Mono.just(false))
                .defaultIfEmpty(false);
    }

    private Change<Track, TrackEvent> ended(Track track, Inspector.Measurement found) {
        return switch (found) {
            case Inspector.Measurement.Measured measured -> track.measured(measured.findings(), clock.instant());
            case Inspector.Measurement.Unusable unusable -> track.rejected(unusable.reason(), clock.instant());
        };
    }

    private Mono<Inspector.Measurement> keepingLease(UUID id, Mono<Inspector.Measurement> work) {
        Mono<Inspector.Measurement> prolonging = Flux.interval(lease.dividedBy(3))
                .onBackpressureDrop()
                .concatMap(tick -> tracks.change(
                                id,
                                track -> track.analysisProlonged(clock.instant().plus(lease)))
                        .onErrorComplete())
                .then(Mono.never());
        return Mono.firstWithSignal(work, prolonging);
    }

    private Mono<Boolean> notDone(UUID id, Throwable error) {
        if (error instanceof FailureException e && e.failure() instanceof Failure.Unavailable) {
            LOG.info("the analysis of track {} waits: {}", id, error.toString());
            return tracks.change(id, Track::analysisReleased).thenReturn(false).onErrorReturn(false);
        }
        LOG.warn("the analysis of track {} broke", id, error);
        return tracks.change(id, track -> track.analysisBroken(clock.instant())).thenReturn(false);
    }

    private static boolean takenByAnother(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Conflict;
    }
}
