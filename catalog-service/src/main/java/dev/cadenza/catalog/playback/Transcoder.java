package dev.cadenza.catalog.playback;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes audio into other formats. NotFound where that cannot be done with it, Unavailable where not now. */
public interface Transcoder {

    /** Frames of a fragment: 6.4 s, a number without a remainder at 48 kHz. */
    int SEGMENT_FRAMES = 300;

    /**
     * Makes a file, and removes it once it was used.
     *
     * @param channels of the input
     */
    <T> Mono<T> transcode(Path in, int channels, Rendition rendition, Function<Path, Mono<T>> use);

    /**
     * Makes fragmented AAC while others read what there is already; removed by {@link #discard}.
     *
     * @param channels of the input
     */
    Mono<Void> fragment(Path in, int channels, int bitrateKbps, Path out);

    /** A place for a file that nobody has made yet. */
    Path place();

    /** Looks at a growing file, or reads from it, where that does not hurt; empty where it is not there. */
    <T> Mono<T> look(Path file, Look<T> look);

    /** Removes such a file. */
    Mono<Void> discard(Path file);

    /** Reads from a file. */
    @FunctionalInterface
    interface Look<T> {
        /** Null where there is nothing yet. */
        @Nullable
        T at(FileChannel file) throws IOException;
    }
}
