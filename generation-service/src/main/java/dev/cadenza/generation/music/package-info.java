/** Words of music as values: keys, chords, notes, instruments and the finished score. */
@NullMarked
package dev.cadenza.generation.music;

import org.jspecify.annotations.NullMarked;
