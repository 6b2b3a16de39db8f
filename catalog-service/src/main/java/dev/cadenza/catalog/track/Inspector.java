package dev.cadenza.catalog.track;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Looks into audio files. */
public interface Inspector {

    /**
     * What an upload is.
     *
     * @param tags what the file says about itself: {@code title}, {@code artist}, {@code album} …
     */
    record Inspected(AudioFacts audio, Map<String, String> tags) {}

    /** What a measurement found. */
    sealed interface Measurement {
        /**
         * What was found.
         *
         * @param bpm null where there is no steady beat
         * @param key null where there is none to speak of
         * @param cover the picture in the file; null where there is none
         * @param waveform file with the peaks
         */
        record Measured(
                LoudnessFacts loudness,
                @Nullable Double bpm,
                @Nullable String key,
                @Nullable Cover cover,
                Path waveform)
                implements Measurement {}

        /** It is no usable audio after all; the reason is for its owner. */
        record Unusable(String reason) implements Measurement {}
    }

    /** Files with the picture in two sizes, see {@link TrackExtras.Kind}. */
    record Cover(Path artwork, Path thumbnail) {}

    /** Fails with UnsupportedMedia or Invalid where the file is not usable audio. */
    Mono<Inspected> inspect(Path file);

    /**
     * Hears the whole file, and runs {@code use} on what was found; files that were made are deleted afterwards, however
     * that ends. Fails with Unavailable where neither the file nor we are to blame.
     *
     * @param heard told now and then how many seconds were heard, on any thread
     */
    <T> Mono<T> measure(Path file, DoubleConsumer heard, Function<Measurement, Mono<T>> use);
}
