package dev.cadenza.platform.audio;

import java.util.OptionalDouble;

/**
 * Loudness after EBU R128 (ITU-R BS.1770).
 *
 * @param integratedLufs of the whole; empty for silence (nothing above the absolute gate of -70 LUFS)
 * @param rangeLu loudness range, at least 0
 * @param truePeakDbtp highest reconstructed peak; empty for digital silence
 * @param durationSeconds length of the audio that was measured
 */
public record Loudness(
        OptionalDouble integratedLufs, double rangeLu, OptionalDouble truePeakDbtp, double durationSeconds) {}
