package dev.cadenza.catalog.track;

import java.nio.file.Path;
import java.util.Map;
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
        /** What was found. */
        record Measured(Findings findings) implements Measurement {}

        /** It is no usable audio after all; the reason is for its owner. */
        record Unusable(String reason) implements Measurement {}
    }

    /** Fails with UnsupportedMedia or Invalid where the file is not usable audio. */
    Mono<Inspected> inspect(Path file);

    /** Reads the whole file. */
    Mono<Measurement> measure(Path file);
}
