package dev.cadenza.catalog.track.inspection;

import dev.cadenza.catalog.track.AudioFacts;
import dev.cadenza.catalog.track.Inspector;
import dev.cadenza.catalog.track.LoudnessFacts;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.audio.AudioInfo;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.FfmpegFailedException;
import dev.cadenza.platform.audio.Loudness;
import dev.cadenza.platform.audio.UndecodableAudioException;
import dev.cadenza.platform.audio.UndecodableImageException;
import dev.cadenza.platform.audio.analysis.MusicAnalysis;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.storage.TemporaryFile;
import jakarta.annotation.PreDestroy;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
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
    private static final int TRY_AGAIN_SECONDS = 5;
    private static final int ARTWORK_SIDE = 1000;
    private static final int THUMBNAIL_SIDE = 250;
    private static final int MOST_PIXELS = 50_000_000;

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
    public <T> Mono<T> measure(Path file, DoubleConsumer heard, Function<Measurement, Mono<T>> use) {
        return Mono.usingWhen(
                        Mono.fromCallable(Room::make).subscribeOn(measurements),
                        room -> Mono.fromCallable(() -> found(file, room, heard))
                                .subscribeOn(measurements)
                                .flatMap(use),
                        room -> Mono.<Void>fromRunnable(room::clear).subscribeOn(measurements))
                .onErrorMap(FfmpegInspector::isNobodysFault, e -> {
                    LOG.warn("A track cannot be measured now", e);
                    return Failure.unavailable(
                            "track.not_measurable", "The track cannot be analysed at this moment.", TRY_AGAIN_SECONDS);
                });
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

    /** Files of one measurement. */
    private record Room(Path waveform, Path picture, Path artwork, Path thumbnail) {

        static Room make() throws IOException {
            return new Room(
                    TemporaryFile.create(), TemporaryFile.create(), TemporaryFile.create(), TemporaryFile.create());
        }

        void clear() {
            for (Path file : List.of(waveform, picture, artwork, thumbnail)) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    LOG.warn("Left in the temporary folder: {}", file, e);
                }
            }
        }
    }

    private Measurement found(Path file, Room room, DoubleConsumer heard) throws IOException {
        MusicAnalysis analysis = new MusicAnalysis();
        try {
            Loudness loudness = ffmpeg.listen(
                    file,
                    MusicAnalysis.SAMPLE_RATE,
                    (samples, count) -> {
                        analysis.accept(samples, count);
                        heard.accept(analysis.seconds());
                    },
                    Cancellation.NEVER);
            try (BufferedWriter out = Files.newBufferedWriter(room.waveform())) {
                analysis.writePeaks(out);
            }
            return new Measurement.Measured(
                    new LoudnessFacts(
                            orNull(loudness.integratedLufs()), loudness.rangeLu(), orNull(loudness.truePeakDbtp())),
                    tenths(analysis.beatsPerMinute()),
                    analysis.key().orElse(null),
                    cover(file, room),
                    room.waveform());
        } catch (UndecodableAudioException e) {
            return new Measurement.Unusable(e.reason());
        }
    }

    /** A picture that cannot be used is as good as none. */
    private @Nullable Cover cover(Path file, Room room) throws IOException, UndecodableAudioException {
        try {
            if (!ffmpeg.takePicture(file, room.picture())) {
                return null;
            }
            ffmpeg.shrinkToJpeg(room.picture(), room.artwork(), ARTWORK_SIDE, MOST_PIXELS);
            ffmpeg.shrinkToJpeg(room.artwork(), room.thumbnail(), THUMBNAIL_SIDE, MOST_PIXELS);
            return new Cover(room.artwork(), room.thumbnail());
        } catch (UndecodableImageException e) {
            LOG.info("The picture in a track is not shown: {}", e.getMessage());
            return null;
        } catch (FfmpegFailedException e) {
            if (e.isBeyondLimits()) {
                LOG.info("The picture in a track takes too much: {}", e.getMessage());
                return null;
            }
            throw e;
        }
    }

    /** The disk, or whoever ended FFmpeg; not where it wanted more than it may have. */
    private static boolean isNobodysFault(Throwable error) {
        return error instanceof IOException && !(error instanceof FfmpegFailedException e && e.isBeyondLimits());
    }

    private static @Nullable Double tenths(OptionalDouble value) {
        return value.isPresent() ? Double.valueOf(Math.round(value.getAsDouble() * 10) / 10.0) : null;
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
