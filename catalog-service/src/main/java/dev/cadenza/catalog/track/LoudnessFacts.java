package dev.cadenza.catalog.track;

import org.jspecify.annotations.Nullable;

/**
 * Loudness after EBU R128.
 *
 * @param integratedLufs null for silence
 * @param truePeakDbtp null for digital silence
 */
public record LoudnessFacts(
        @Nullable Double integratedLufs,
        double rangeLu,
        @Nullable Double truePeakDbtp) {}
