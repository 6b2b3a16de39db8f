package dev.cadenza.platform.audio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes raw interleaved little-endian float32 samples block by block. Not thread-safe. */
public final class RawWriter implements Closeable {

    private final FileChannel channel;
    private final int channels;
    private final ByteBuffer block = ByteBuffer.allocateDirect(64 * 1024).order(ByteOrder.LITTLE_ENDIAN);

    private RawWriter(FileChannel channel, int channels) {
        this.channel = channel;
        this.channels = channels;
    }

    /** Creates or replaces the file. */
    public static RawWriter create(Path file, int channels) throws IOException {
        if (channels < 1) {
            throw new IllegalArgumentException(channels + " channels");
        }
        return new RawWriter(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE),
                channels);
    }

    /** Appends {@code frames} frames of interleaved samples, the first at index {@code offset}. */
    public void write(float[] interleaved, int offset, int frames) throws IOException {
        int end = offset + frames * channels;
        int index = offset;
        while (index < end) {
            int now = Math.min(end - index, block.capacity() / 4);
            block.clear();
            block.asFloatBuffer().put(interleaved, index, now);
            block.limit(now * 4);
            while (block.hasRemaining()) {
                channel.write(block);
            }
            index += now;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
