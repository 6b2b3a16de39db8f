package dev.cadenza.platform.audio;

/** Takes samples as they are decoded, in order, on one thread; whoever is slow slows the decoding down. */
@FunctionalInterface
public interface PcmSink {

    /** The first {@code count} of these, of one channel; the array is used again afterwards. */
    void accept(short[] samples, int count);
}
