package dev.cadenza.processing.file.inspection;

import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.audio.AudioInfo;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.UndecodableAudioException;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.processing.file.AudioFacts;
import dev.cadenza.processing.file.FileSettings;
import dev.cadenza.processing.file.Inspector;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Audio through FFmpeg, on a small pool of its own. */
@Component
final class FfmpegInspector implements Inspector {

    private static final Logger LOG = LoggerFactory.getLogger(FfmpegInspector.class);
    private static final int MOST_WAITING = 64;

    private final Ffmpeg ffmpeg;
    private final Scheduler probes;

    FfmpegInspector(Ffmpeg ffmpeg, FileSettings settings) {
        this.ffmpeg = ffmpeg;
        this.probes = Schedulers.newBoundedElastic(settings.probes(), MOST_WAITING, "file-probe", 60, true);
    }

    @Override
    public Mono<AudioFacts> inspect(Path file) {
        return Mono.fromCallable(() -> probe(file))
                .subscribeOn(probes)
                .onErrorMap(
                        RejectedExecutionException.class,
                        e -> Failure.unavailable("upload.busy", "Too many uploads at this moment. Try again soon.", 5));
    }

    private AudioFacts probe(Path file) {
        try {
            AudioInfo info = ffmpeg.probe(file);
            AudioFormat format = AudioFormat.of(info.format()).orElseThrow();
            return new AudioFacts(
                    info.format(),
                    info.codec(),
                    format.contentType(),
                    info.durationSeconds(),
                    info.sampleRate(),
                    info.channels(),
                    Files.size(file));
        } catch (UndecodableAudioException e) {
            throw refusal(e);
        } catch (IOException e) {
            // the program was killed or had no time: nothing that the file is to blame for
            LOG.warn("An uploaded file could not be read", e);
            throw Failure.unavailable(
                    "upload.unreadable", "The file cannot be read at this moment. Try again soon.", 5);
        }
    }

    private static FailureException refusal(UndecodableAudioException e) {
        return switch (e.problem()) {
            case UNSUPPORTED ->
                new Failure.UnsupportedMedia(
                                "upload.unsupported",
                                "Unsupported file type. Please upload MP3, WAV, M4A, or FLAC files.")
                        .asException();
            case EMPTY, TRUNCATED, CORRUPT, BEYOND_LIMITS -> Failure.invalid("upload.unusable", e.reason());
        };
    }

    @PreDestroy
    void close() {
        probes.dispose();
    }
}
