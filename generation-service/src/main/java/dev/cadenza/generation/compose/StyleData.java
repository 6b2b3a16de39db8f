package dev.cadenza.generation.compose;

import java.util.Set;

/**
 * How a genre is made.
 *
 * @param name as facts show it
 * @param tempoLow slowest usual tempo
 * @param tempoHigh fastest usual tempo
 * @param majorShare probability of a major key, 0 to 1
 * @param swing where off-beats fall in their beat, 0.5 to 0.67
 * @param sixteenthSwing whether sixteenths swing instead of eighths
 * @param colour 0 triads, 1 sevenths, 2 ninths
 * @param barsPerChord 1 usually, 2 for slow harmony
 * @param major progressions in major keys
 * @param minor progressions in minor keys
 * @param melodyDensity 0 (a note a bar) to 1 (running)
 * @param pentatonic whether the tune leaves out the fourth and seventh (major), second and sixth (minor)
 * @param chromatic semitones above the tonic outside the scale that belong to the style, such as blue notes
 * @param looseness timing scatter, 0 (machine) to 1 (relaxed)
 * @param room reverberation, 0 to 1
 */
record StyleData(
        String name,
        int tempoLow,
        int tempoHigh,
        double majorShare,
        double swing,
        boolean sixteenthSwing,
        int colour,
        int barsPerChord,
        Progressions major,
        Progressions minor,
        double melodyDensity,
        boolean pentatonic,
        Set<Integer> chromatic,
        double looseness,
        double room,
        Ensemble ensemble,
        Groove groove,
        BassLine bassLine,
        Comping comping) {}
