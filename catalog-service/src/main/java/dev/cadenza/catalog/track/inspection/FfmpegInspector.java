package dev.cadenza.catalog.track.inspection;

import dev.cadenza.catalog.track.AudioFacts;
import dev.cadenza.catalog.track.Findings;
import dev.cadenza.catalog.track.Inspector;
import dev.cadenza.catalog.track.LoudnessFacts;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.audio.AudioInfo;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.Loudness;
import dev.cadenza.platform.audio.UndecodableAudioException;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Audio through FFmpeg, on two small pools: who uploads shall not wait for what is measured in the background. */
@Component
final class FfmpegInspector implements Inspector {

    private static final Logger LOG = LoggerFactory.getLogger(FfmpegInspector.class);
    private static final int MOST_WAITING = 64;

    private final Ffmpeg ffmpeg;
    private final Scheduler probes;
    private final Scheduler measurements;

    FfmpegInspector(Ffmpeg ffmpeg, TrackSettings settings) {
        this.ffmpeg = ffmpeg;
        this.probes = Schedulers.newBoundedElastic(settings.probes(), MOST_WAITING, "track-probe", 60, true);
        this.measurements = Schedulers.newBoundedElastic(
                settings.analysis().concurrency(), MOST_WAITING, "track-measure", 60, true);
    }

    @Override
    public Mono<Inspected> inspect(Path file) {
        return Mono.fromCallable(() -> probe(file))
                .subscribeOn(probes)
                .onErrorMap(
                        RejectedExecutionException.class,
                        e -> Failure.unavailable("upload.busy", "Too many uploads at this moment. Try again soon.", 5));
    }

    @Override
    public Mono<Measurement> measure(Path file) {
        return Mono.fromCallable(() -> loudness(file)).subscribeOn(measurements);
    }

    private Inspected probe(Path file) {
        try {
            AudioInfo info = ffmpeg.probe(file);
            AudioFormat format = AudioFormat.of(info.format()).orElseThrow();
            return new Inspected(
                    new AudioFacts(
                            info.format(),
                            info.codec(),
                            format.contentType(),
                            info.durationSeconds(),
                            info.sampleRate(),
                            info.channels(),
                            info.bitrateKbps(),
                            Files.size(file)),
                    info.tags());
        } catch (UndecodableAudioException e) {
            throw refusal(e);
        } catch (IOException e) {
            // the program was killed or had no time: nothing that the file is to blame for
            LOG.warn("An uploaded file could not be read", e);
            throw Failure.unavailable(
                    "upload.unreadable", "The file cannot be read at this moment. Try again soon.", 5);
        }
    }

    private Measurement loudness(Path file) throws IOException {
        try {
            Loudness found = ffmpeg.loudness(file);
            return new Measurement.Measured(Findings.of(
                    new LoudnessFacts(orNull(found.integratedLufs()), found.rangeLu(), orNull(found.truePeakDbtp()))));
        } catch (UndecodableAudioException e) {
            return new Measurement.Unusable(e.reason());
        }
    }

    private static FailureException refusal(UndecodableAudioException e) {
        return switch (e.problem()) {
            case UNSUPPORTED -> new Failure.UnsupportedMedia("upload.unsupported", e.reason()).asException();
            case EMPTY, TRUNCATED, CORRUPT, BEYOND_LIMITS -> Failure.invalidField("file", e.reason());
        };
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    @PreDestroy
    void close() {
        probes.dispose();
        measurements.dispose();
    }
}
