package dev.cadenza.catalog.track;

import org.jspecify.annotations.Nullable;

/**
 * What processing found in the audio.
 *
 * @param bpm tempo in beats per minute; null where there is none to speak of
 * @param key such as {@code C major} or {@code F# minor}; null where there is none to speak of
 * @param artwork etag of the cover picture that was in the file; null: there was none
 * @param waveform whether its peaks are stored
 */
public record Findings(
        LoudnessFacts loudness,
        @Nullable Double bpm,
        @Nullable String key,
        @Nullable String artwork,
        boolean waveform) {

    /** Nothing but its loudness. */
    public static Findings of(LoudnessFacts loudness) {
        return new Findings(loudness, null, null, null, false);
    }
}
