package dev.cadenza.generation.generation;

import java.util.Locale;
import java.util.Optional;

/** Where a generation stands, as everybody outside sees it. */
public enum GenerationStatus {
    /** Waits. */
    QUEUED,
    /** A worker makes it. */
    PROCESSING,
    /** The song is there. */
    COMPLETED,
    /** It could not be made. */
    FAILED,
    /** Its owner called it off. */
    CANCELLED;

    /** As clients read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of a word; empty for others. */
    public static Optional<GenerationStatus> of(String word) {
        for (GenerationStatus status : values()) {
            if (status.word().equals(word)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
