package dev.cadenza.platform.audio;

/** How one sample is stored in a WAV file, little-endian. */
public enum SampleFormat {
    /** Signed 16 bit. */
    PCM16(2),
    /** Signed 24 bit. */
    PCM24(3),
    /** Signed 32 bit; read only. */
    PCM32(4),
    /** IEEE 754 single precision, nominally -1 to 1. */
    FLOAT32(4);

    private final int bytes;

    SampleFormat(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one sample of one channel. */
    public int bytes() {
        return bytes;
    }
}
