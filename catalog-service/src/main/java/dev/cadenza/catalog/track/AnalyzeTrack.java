package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Measures a track and completes it. A lease on the track keeps others from doing the same; it is prolonged while the
 * work goes on, so that a track whose analysis died with its process is free again soon. What is made of the file is
 * stored before the track is completed, under the track's id: whoever does it again replaces it.
 */
@Component
public final class AnalyzeTrack {

    private static final Logger LOG = LoggerFactory.getLogger(AnalyzeTrack.class);
    private static final int NOT_YET_ALL = 99;

    private final Tracks tracks;
    private final TrackFiles files;
    private final TrackExtras extras;
    private final Inspector inspector;
    private final StorageQuota quota;
    private final Clock clock;
    private final Duration lease;

    AnalyzeTrack(
            Tracks tracks,
            TrackFiles files,
            TrackExtras extras,
            Inspector inspector,
            StorageQuota quota,
            TrackSettings settings,
            Clock clock) {
        this.tracks = tracks;
        this.files = files;
        this.extras = extras;
        this.inspector = inspector;
        this.quota = quota;
        this.clock = clock;
        this.lease = settings.analysis().lease();
    }

    /** How it ended, for a track as it is by then. */
    private interface Ending extends Function<Track, Change<Track, TrackEvent>> {}

    /** How much was heard, written by one thread and read by others. */
    private static final class Heard {
        private final double all;
        private volatile double seconds;

        Heard(double all) {
            this.all = all;
        }

        int percent() {
            return all <= 0 ? 0 : (int) Math.min(NOT_YET_ALL, 100 * seconds / all);
        }
    }

    /** True once the track is completed or failed by this call; false where others do it, or it has to wait. */
    public Mono<Boolean> analyze(UUID id) {
        return Mono.defer(() -> {
                    Instant now = clock.instant();
                    return tracks.change(id, track -> track.analysisTaken(now, now.plus(lease)));
                })
                .flatMap(track -> work(id, new Heard(track.state().audio().durationSeconds())))
                .onErrorResume(AnalyzeTrack::takenByAnother, error -> Mono.just(false))
                .defaultIfEmpty(false);
    }

    private Mono<Boolean> work(UUID id, Heard heard) {
        Mono<Ending> work = files.withCopy(
                id, copy -> inspector.measure(copy, seconds -> heard.seconds = seconds, found -> kept(id, found)));
        return keepingLease(id, work, heard)
                .flatMap(ending -> tracks.change(id, ending))
                .flatMap(ended -> freed(ended).thenReturn(true))
                .switchIfEmpty(Mono.defer(() -> clear(id)))
                .onErrorResume(error -> tracks.find(id).hasElement().flatMap(there -> {
                    if (!there) {
                        return clear(id);
                    }
                    return takenByAnother(error) ? Mono.just(false) : notDone(id, error);
                }));
    }

    /** Bytes that nobody can hear go at once where possible, else by the sweep. */
    private Mono<Void> freed(Versioned<Track> track) {
        return track.state().status() == TrackStatus.FAILED
                ? files.delete(track.id())
                        .onErrorResume(error -> {
                            LOG.warn(
                                    "the bytes of failed track {} stay until the sweep: {}",
                                    track.id(),
                                    error.toString());
                            return Mono.empty();
                        })
                        // held still where a process died after it had made the track
                        .then(Mono.defer(() -> quota.release(track.state().ownerId(), track.id())))
                : Mono.empty();
    }

    /** The track was deleted meanwhile, perhaps before the last of what was made of it was stored. */
    private Mono<Boolean> clear(UUID id) {
        return files.delete(id).thenReturn(false);
    }

    private Mono<Ending> kept(UUID id, Inspector.Measurement found) {
        return switch (found) {
            case Inspector.Measurement.Unusable unusable ->
                Mono.just(track -> track.rejected(unusable.reason(), clock.instant()));
            case Inspector.Measurement.Measured measured ->
                extras.store(id, TrackExtras.Kind.WAVEFORM, measured.waveform())
                        .then(artwork(id, measured.cover()))
                        .map(artwork -> new Findings(
                                measured.loudness(), measured.bpm(), measured.key(), artwork.orElse(null), true))
                        .map(findings -> track -> track.measured(findings, clock.instant()));
        };
    }

    /** The ETag of the picture. */
    private Mono<Optional<String>> artwork(UUID id, Inspector.@Nullable Cover cover) {
        return cover == null
                ? Mono.just(Optional.empty())
                : extras.store(id, TrackExtras.Kind.THUMBNAIL, cover.thumbnail())
                        .then(extras.store(id, TrackExtras.Kind.ARTWORK, cover.artwork()))
                        .map(Optional::of);
    }

    private Mono<Ending> keepingLease(UUID id, Mono<Ending> work, Heard heard) {
        Mono<Ending> prolonging = Flux.interval(lease.dividedBy(3))
                .onBackpressureDrop()
                .concatMap(tick -> tracks.change(
                                id,
                                track -> track.analysisProlonged(clock.instant().plus(lease), heard.percent()))
                        .map(track -> track.state().status() == TrackStatus.PROCESSING)
                        .onErrorReturn(true)
                        .defaultIfEmpty(false))
                .takeWhile(wanted -> wanted)
                // deleted, or done by another: nobody needs this any more
                .then(Mono.error(AnalyzeTrack::noLonger));
        return Mono.firstWithSignal(work, prolonging);
    }

    private Mono<Boolean> notDone(UUID id, Throwable error) {
        if (error instanceof FailureException e && e.failure() instanceof Failure.Unavailable) {
            LOG.info("the analysis of track {} waits: {}", id, error.toString());
            return tracks.change(
                            id, track -> track.analysisPaused(clock.instant().plus(lease)))
                    .thenReturn(false)
                    .onErrorReturn(false);
        }
        LOG.warn("the analysis of track {} broke", id, error);
        return tracks.change(
                        id,
                        track -> track.analysisBroken(
                                clock.instant(), clock.instant().plus(lease)))
                .flatMap(this::freed)
                .thenReturn(false);
    }

    private static FailureException noLonger() {
        return Failure.conflict("track.analysis_ended", "The track is gone, or was analysed by another.");
    }

    private static boolean takenByAnother(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Conflict;
    }
}
