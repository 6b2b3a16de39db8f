package dev.cadenza.catalog.playback.transcoding;

import dev.cadenza.catalog.playback.PlaybackSettings;
import dev.cadenza.catalog.playback.Rendition;
import dev.cadenza.catalog.playback.Transcoder;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.Transcoding;
import dev.cadenza.platform.audio.Transcoding.Codec;
import dev.cadenza.platform.audio.UndecodableAudioException;
import dev.cadenza.platform.core.Failure;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** FFmpeg on two small pools: who listens shall not wait for who downloads. */
@Component
final class FfmpegTranscoder implements Transcoder {

    private static final Logger LOG = LoggerFactory.getLogger(FfmpegTranscoder.class);
    private static final int MOST_WAITING = 32;
    private static final int TRY_AGAIN_SECONDS = 5;
    /** Every codec wants a number, FLAC too. */
    private static final int ANY_BITRATE = 128;

    private final Ffmpeg ffmpeg;
    private final Scheduler files;
    private final Scheduler fragments;
    private final Scheduler disk = Schedulers.newBoundedElastic(4, 1_000, "transcode-files", 60, true);

    FfmpegTranscoder(Ffmpeg ffmpeg, PlaybackSettings settings) {
        this.ffmpeg = ffmpeg;
        this.files = Schedulers.newBoundedElastic(settings.transcodes(), MOST_WAITING, "transcode", 60, true);
        this.fragments = Schedulers.newBoundedElastic(settings.transcodes(), MOST_WAITING, "transcode-hls", 60, true);
    }

    @Override
    public <T> Mono<T> transcode(Path in, int channels, Rendition rendition, Function<Path, Mono<T>> use) {
        Codec codec =
                switch (rendition.format()) {
                    case MP3 -> Codec.MP3;
                    case AAC -> Codec.AAC;
                    case OPUS -> Codec.OPUS;
                    case FLAC -> Codec.FLAC;
                };
        int bitrate = rendition.bitrateKbps() == 0 ? ANY_BITRATE : rendition.bitrateKbps();
        return Mono.usingWhen(
                Mono.fromSupplier(this::place),
                out -> made(in, channels, Transcoding.file(codec, bitrate), out, files)
                        .then(Mono.defer(() -> use.apply(out))),
                this::discard);
    }

    @Override
    public Mono<Void> fragment(Path in, int channels, int bitrateKbps, Path out) {
        return made(in, channels, Transcoding.fragments(bitrateKbps, SEGMENT_FRAMES), out, fragments);
    }

    @Override
    public Path place() {
        // named like an upload: those are swept where a process was killed
        return Path.of(System.getProperty("java.io.tmpdir"), "cadenza-upload-" + UUID.randomUUID() + ".part");
    }

    @Override
    public <T> Mono<T> look(Path file, Look<T> look) {
        return Mono.fromCallable(() -> {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                        return look.at(channel);
                    } catch (NoSuchFileException e) {
                        return null;
                    }
                })
                .subscribeOn(disk);
    }

    @Override
    public Mono<Void> discard(Path file) {
        return Mono.<Void>fromRunnable(() -> {
                    try {
                        Files.deleteIfExists(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .subscribeOn(disk);
    }

    private Mono<Void> made(Path in, int channels, Transcoding wanted, Path out, Scheduler scheduler) {
        return Mono.<Void>fromRunnable(() -> make(in, channels, wanted, out))
                .subscribeOn(scheduler)
                .onErrorMap(
                        RejectedExecutionException.class,
                        e -> Failure.unavailable(
                                "stream.busy",
                                "Too many tracks are being prepared at this moment. Try again soon.",
                                TRY_AGAIN_SECONDS));
    }

    private void make(Path in, int channels, Transcoding wanted, Path out) {
        try {
            ffmpeg.transcode(in, channels, out, wanted, Cancellation.NEVER);
        } catch (UndecodableAudioException e) {
            throw Failure.notFound("stream.impossible", "The track cannot be given in this format.");
        } catch (IOException e) {
            // the program was killed or had no time: nothing that the track is to blame for
            LOG.warn("A track could not be transcoded", e);
            throw Failure.unavailable(
                    "stream.unavailable",
                    "The track cannot be prepared at this moment. Try again soon.",
                    TRY_AGAIN_SECONDS);
        }
    }

    @PreDestroy
    void close() {
        files.dispose();
        fragments.dispose();
        disk.dispose();
    }
}
