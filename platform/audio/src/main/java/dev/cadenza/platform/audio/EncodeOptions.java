package dev.cadenza.platform.audio;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to encode.
 *
 * @param raw set where the input is raw interleaved float32, which cannot say so itself; null for a WAV file
 * @param bitrateKbps for mp3, ogg and m4a
 * @param bitDepth 16 or 24 for wav and flac; 32 means float and is for wav only
 * @param tags written into the file: {@code title}, {@code artist} …
 */
public record EncodeOptions(@Nullable Raw raw, int bitrateKbps, int bitDepth, Map<String, String> tags) {

    /** Shape of raw samples. */
    public record Raw(int sampleRate, int channels) {}

    public EncodeOptions {
        if (bitrateKbps < 32 || bitrateKbps > 512) {
            throw new IllegalArgumentException("bit rate " + bitrateKbps);
        }
        if (bitDepth != 16 && bitDepth != 24 && bitDepth != 32) {
            throw new IllegalArgumentException("bit depth " + bitDepth);
        }
        tags = Map.copyOf(tags);
    }

    /** From a WAV file: 192 kbit/s, 16 bit, no tags. */
    public static EncodeOptions defaults() {
        return new EncodeOptions(null, 192, 16, Map.of());
    }

    /** The same from raw interleaved float32. */
    public EncodeOptions fromRaw(int sampleRate, int channels) {
        return new EncodeOptions(new Raw(sampleRate, channels), bitrateKbps, bitDepth, tags);
    }

    /** The same at another bit rate. */
    public EncodeOptions withBitrate(int kbps) {
        return new EncodeOptions(raw, kbps, bitDepth, tags);
    }

    /** The same at another bit depth. */
    public EncodeOptions withBitDepth(int bits) {
        return new EncodeOptions(raw, bitrateKbps, bits, tags);
    }

    /** The same with one more tag. */
    public EncodeOptions withTag(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(tags);
        more.put(name, value);
        return new EncodeOptions(raw, bitrateKbps, bitDepth, more);
    }
}
