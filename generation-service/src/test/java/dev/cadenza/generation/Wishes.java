package dev.cadenza.generation;

import dev.cadenza.generation.compose.Brief;
import dev.cadenza.generation.compose.Composer;
import dev.cadenza.generation.music.Score;
import dev.cadenza.generation.prompt.PromptReader;
import dev.cadenza.generation.prompt.SongWish;
import java.util.List;

/** Wishes and what becomes of them. */
public final class Wishes {

    private Wishes() {}

    /** Thirty seconds of these words. */
    public static SongWish of(String prompt) {
        return of(prompt, 30, 7);
    }

    /** These words. */
    public static SongWish of(String prompt, int seconds, long seed) {
        return new SongWish("A song", prompt, null, null, null, null, null, null, seconds, List.of(), null, null, seed);
    }

    /** What is understood. */
    public static Brief brief(String prompt) {
        return PromptReader.read(
                new SongWish("A song", prompt, null, null, null, null, null, null, null, List.of(), null, null, 7));
    }

    /** What is composed. */
    public static Score score(SongWish wish) {
        return Composer.compose(PromptReader.read(wish));
    }
}
