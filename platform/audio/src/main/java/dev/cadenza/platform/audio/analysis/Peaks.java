package dev.cadenza.platform.audio.analysis;

import java.io.IOException;
import java.io.Writer;

/**
 * Lowest and highest samples for drawing, in the JSON of BBC's audiowaveform (version 2, 8 bits). However long the audio,
 * there are at most {@link #MOST_PIXELS}: where they are full, neighbours become one. Not thread-safe.
 */
final class Peaks {

    /** Most pairs of lowest and highest. */
    static final int MOST_PIXELS = 2000;

    private static final int FINEST = 64;

    private final int sampleRate;
    private final short[] lowest = new short[MOST_PIXELS];
    private final short[] highest = new short[MOST_PIXELS];
    private int samplesPerPixel = FINEST;
    private int pixels;
    private int inPixel;
    private short low;
    private short high;

    Peaks(int sampleRate) {
        this.sampleRate = sampleRate;
    }

    void accept(short[] samples, int count) {
        for (int i = 0; i < count; i++) {
            short sample = samples[i];
            low = inPixel == 0 || sample < low ? sample : low;
            high = inPixel == 0 || sample > high ? sample : high;
            if (++inPixel == samplesPerPixel) {
                close();
            }
        }
    }

    private void close() {
        if (pixels == MOST_PIXELS) {
            // what was a whole pixel is half of one then
            merge();
            return;
        }
        lowest[pixels] = low;
        highest[pixels++] = high;
        inPixel = 0;
    }

    private void merge() {
        for (int i = 0; i < MOST_PIXELS / 2; i++) {
            lowest[i] = (short) Math.min(lowest[2 * i], lowest[2 * i + 1]);
            highest[i] = (short) Math.max(highest[2 * i], highest[2 * i + 1]);
        }
        pixels /= 2;
        samplesPerPixel *= 2;
    }

    /** Writes what was heard, an unfinished last pixel as well. */
    void writeTo(Writer out) throws IOException {
        if (inPixel > 0 && pixels == MOST_PIXELS) {
            merge();
        }
        int length = inPixel > 0 ? pixels + 1 : pixels;
        out.write("{\"version\":2,\"channels\":1,\"sample_rate\":" + sampleRate + ",\"samples_per_pixel\":"
                + samplesPerPixel + ",\"bits\":8,\"length\":" + length + ",\"data\":[");
        for (int i = 0; i < length; i++) {
            short least = i == pixels ? low : lowest[i];
            short most = i == pixels ? high : highest[i];
            out.write((i == 0 ? "" : ",") + least / 256 + "," + most / 256);
        }
        out.write("]}");
    }
}
