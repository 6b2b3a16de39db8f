package dev.cadenza.generation.compose;

/**
 * A character, as bends of what the style says.
 *
 * @param word as understood
 * @param brightness -1 (minor) to 1 (major)
 * @param energy -1 to 1: tempo, loudness, density
 * @param room added reverberation, 0 to 1
 */
public record Mood(String word, double brightness, double energy, double room) {

    /** None wished for. */
    public static final Mood NEUTRAL = new Mood("neutral", 0, 0, 0);
}
