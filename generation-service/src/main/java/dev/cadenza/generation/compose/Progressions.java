package dev.cadenza.generation.compose;

import java.util.List;

/** Progressions by section, numerals separated by blanks, bars by {@code |} where a bar has several chords. */
record Progressions(List<String> verse, List<String> chorus, List<String> bridge) {}
