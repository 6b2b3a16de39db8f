package dev.cadenza.platform.audio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads raw interleaved little-endian float32 samples block by block. Not thread-safe. */
public final class RawReader implements Closeable {

    private final FileChannel channel;
    private final int channels;
    private final long frames;
    private final ByteBuffer block = ByteBuffer.allocateDirect(64 * 1024).order(ByteOrder.LITTLE_ENDIAN);

    private RawReader(FileChannel channel, int channels, long frames) {
        this.channel = channel;
        this.channels = channels;
        this.frames = frames;
    }

    /** Opens the file at its first frame. */
    public static RawReader open(Path file, int channels) throws IOException {
        if (channels < 1) {
            throw new IllegalArgumentException(channels + " channels");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new RawReader(channel, channels, channel.size() / (4L * channels));
    }

    /** Frames in the file. */
    public long frames() {
        return frames;
    }

    /** Samples of one frame. */
    public int channels() {
        return channels;
    }

    /** Goes to a frame, counted from 0. */
    public void seek(long frame) throws IOException {
        channel.position(Math.min(frame, frames) * 4L * channels);
    }

    /** Reads up to {@code count} interleaved frames to {@code target[offset…]}; frames read, or -1 at the end. */
    public int read(float[] target, int offset, int count) throws IOException {
        long left = frames - channel.position() / (4L * channels);
        if (left <= 0) {
            return -1;
        }
        int samples = (int) Math.min(left, count) * channels;
        int done = 0;
        while (done < samples) {
            block.clear().limit((int) Math.min(block.capacity(), (samples - done) * 4L));
            while (block.hasRemaining()) {
                if (channel.read(block) < 0) {
                    throw new IOException("the file became shorter while it was read");
                }
            }
            block.flip();
            int now = block.remaining() / 4;
            block.asFloatBuffer().get(target, offset + done, now);
            done += now;
        }
        return samples / channels;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
