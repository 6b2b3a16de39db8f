package dev.cadenza.generation.model;

import java.util.Locale;
import java.util.Optional;

/**
 * How much a rendering may cost; all are 44.1 kHz stereo.
 */
public enum Quality {
    /** 16 bit, 128 kbit/s. */
    LOW(16, 128, false),
    /** 16 bit, 192 kbit/s. */
    MEDIUM(16, 192, false),
    /** 24 bit, 320 kbit/s, better interpolation. */
    HIGH(24, 320, true),
    /** As high; lossy formats at the most that they allow. */
    STUDIO(24, 320, true);

    private final int bitDepth;
    private final int bitrateKbps;
    private final boolean fine;

    Quality(int bitDepth, int bitrateKbps, boolean fine) {
        this.bitDepth = bitDepth;
        this.bitrateKbps = bitrateKbps;
        this.fine = fine;
    }

    /** Bits of a sample of lossless files. */
    public int bitDepth() {
        return bitDepth;
    }

    /** Bit rate of lossy files. */
    public int bitrateKbps() {
        return bitrateKbps;
    }

    /** Whether the players interpolate with care. */
    public boolean fine() {
        return fine;
    }

    /** As clients write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The quality of a word; empty for others. */
    public static Optional<Quality> of(String word) {
        for (Quality quality : values()) {
            if (quality.word().equals(word)) {
                return Optional.of(quality);
            }
        }
        return Optional.empty();
    }
}
