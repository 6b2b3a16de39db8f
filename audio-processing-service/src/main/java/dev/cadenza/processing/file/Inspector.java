package dev.cadenza.processing.file;

import java.nio.file.Path;
import reactor.core.publisher.Mono;

/** Looks into audio files. */
public interface Inspector {

    /** What it is; fails with UnsupportedMedia or Invalid where it is not usable audio. */
    Mono<AudioFacts> inspect(Path file);
}
