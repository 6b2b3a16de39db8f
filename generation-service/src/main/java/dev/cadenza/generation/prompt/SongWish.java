package dev.cadenza.generation.prompt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for: free words, and parameters that win over them. Nulls leave the decision to the words, and
 * where these say nothing to the composer.
 *
 * @param prompt plain English; may be empty
 * @param tempo quarter notes a minute, 40 to 240
 * @param key as {@code C_minor}
 * @param durationSeconds 30 to 600
 * @param instruments words such as {@code synth_bass}
 * @param complexity such as {@code low}, {@code medium}, {@code high}
 * @param creativity 0 to 1
 */
public record SongWish(
        String title,
        String prompt,
        @Nullable String genre,
        @Nullable String subgenre,
        @Nullable String mood,
        @Nullable String theme,
        @Nullable Integer tempo,
        @Nullable String key,
        @Nullable Integer durationSeconds,
        List<String> instruments,
        @Nullable String complexity,
        @Nullable Double creativity,
        long seed) {

    public SongWish {
        instruments = List.copyOf(instruments);
    }
}
