package dev.cadenza.platform.audio.analysis;

/** Cuts a stream of samples into blocks that overlap. Not thread-safe. */
final class Frames {

    /** Takes a block, which begins at this offset and is overwritten afterwards. */
    @FunctionalInterface
    interface Block {
        void take(float[] samples, int offset);
    }

    private final int size;
    private final int hop;
    private final Block block;
    private final float[] buffer;
    private int start;
    private int filled;

    Frames(int size, int hop, Block block) {
        this.size = size;
        this.hop = hop;
        this.block = block;
        this.buffer = new float[8 * size];
    }

    void accept(float[] samples, int count) {
        int done = 0;
        while (done < count) {
            int now = Math.min(count - done, buffer.length - filled);
            System.arraycopy(samples, done, buffer, filled, now);
            filled += now;
            done += now;
            while (filled - start >= size) {
                block.take(buffer, start);
                start += hop;
            }
            if (filled == buffer.length) {
                System.arraycopy(buffer, start, buffer, 0, filled - start);
                filled -= start;
                start = 0;
            }
        }
    }
}
