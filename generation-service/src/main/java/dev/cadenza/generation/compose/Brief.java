package dev.cadenza.generation.compose;

import dev.cadenza.generation.music.Key;
import dev.cadenza.generation.music.Meter;
import dev.cadenza.generation.music.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be composed, after words and parameters have been understood.
 *
 * @param tempo quarter notes a minute; null leaves it to the style
 * @param key null leaves it to style and mood
 * @param modeWish {@code major} or {@code minor} without a tonic; null if there is none
 * @param durationSeconds exact
 * @param instruments wished for, in order of mention
 * @param without roles that must be silent
 * @param with roles that must play, even where the style has none
 * @param avoid General MIDI programs that must not play
 * @param solo only the wished instruments play
 * @param mood character that bends tempo, mode, density and room
 * @param complexity 0 to 1
 * @param creativity 0 (by the book) to 1 (adventurous)
 * @param tempoFactor slow and fast words, 1 is none
 */
public record Brief(
        String title,
        Style style,
        Mood mood,
        @Nullable Integer tempo,
        @Nullable Key key,
        @Nullable String modeWish,
        Meter meter,
        double durationSeconds,
        List<Wish> instruments,
        Set<Role> without,
        Set<Role> with,
        Set<Integer> avoid,
        boolean solo,
        double complexity,
        double creativity,
        double tempoFactor,
        long seed) {

    /** An instrument and what it naturally does. */
    public record Wish(String word, int program, Use use) {}

    /** What an instrument is good for. */
    public enum Use {
        /** Single line above. */
        LEAD,
        /** Chords, and lines too. */
        CHORDAL,
        /** Long chords. */
        PAD,
        /** Broken chords. */
        ARPEGGIO,
        /** Low line. */
        BASS,
        /** Kit. */
        DRUMS
    }

    public Brief {
        instruments = List.copyOf(instruments);
        without = Set.copyOf(without);
        with = Set.copyOf(with);
        avoid = Set.copyOf(avoid);
    }
}
