package dev.cadenza.platform.audio;

import dev.cadenza.platform.core.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Small pictures of what people send, a few at a time, on threads of their own. */
public final class PictureShrinker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PictureShrinker.class);
    private static final int MOST_WAITING = 32;

    private final Ffmpeg ffmpeg;
    private final Scheduler threads;

    /**
     * Closed by its owner.
     *
     * @param name of its threads
     * @param concurrency pictures that are worked on at the same moment
     */
    public PictureShrinker(Ffmpeg ffmpeg, String name, int concurrency) {
        this.ffmpeg = ffmpeg;
        this.threads = Schedulers.newBoundedElastic(concurrency, MOST_WAITING, name, 60, true);
    }

    /**
     * Runs {@code work} on a small picture without anything but pixels, which is deleted afterwards. Fails with
     * {@link UndecodableImageException} where the original is to blame, with {@link Failure.Unavailable} where we are.
     *
     * @param side longest side
     * @param mostPixels an original that declares more is refused before it is decoded
     */
    public <T> Mono<T> shrunk(Path original, int side, int mostPixels, BiFunction<Path, ImageInfo, Mono<T>> work) {
        return Mono.usingWhen(
                        // named like an upload: those are swept where a process was killed
                        Mono.fromCallable(() -> Files.createTempFile("cadenza-upload-", ".part"))
                                .subscribeOn(threads),
                        small -> Mono.fromCallable(() -> shrink(original, small, side, mostPixels))
                                .subscribeOn(threads)
                                .flatMap(info -> work.apply(small, info)),
                        small -> Mono.<Void>fromRunnable(() -> remove(small)).subscribeOn(threads))
                .onErrorMap(
                        RejectedExecutionException.class,
                        e -> Failure.unavailable("upload.busy", "Too many uploads at this moment. Try again soon.", 5));
    }

    private ImageInfo shrink(Path original, Path small, int side, int mostPixels) throws UndecodableImageException {
        try {
            return ffmpeg.shrink(original, small, side, mostPixels);
        } catch (IOException e) {
            // the program was killed or had no time: nothing that the picture is to blame for
            LOG.warn("A picture could not be read", e);
            throw Failure.unavailable(
                    "upload.unreadable", "The picture cannot be read at this moment. Try again soon.", 5);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        threads.dispose();
    }
}
