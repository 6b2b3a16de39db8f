package dev.cadenza.generation.compose;

/**
 * Programs of the usual players; -1 where the style has none.
 *
 * @param kit drum kit; -1 for none
 */
record Ensemble(int melody, int chords, int chordsTwo, int pad, int arpeggio, int bass, int kit) {}
