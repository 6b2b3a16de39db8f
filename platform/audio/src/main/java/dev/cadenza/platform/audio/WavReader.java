package dev.cadenza.platform.audio;

import dev.cadenza.platform.audio.UndecodableAudioException.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a WAV file of linear PCM or float block by block. Not thread-safe. */
public final class WavReader implements Closeable {

    private static final int RIFF = 0x46464952;
    private static final int WAVE = 0x45564157;
    private static final int FMT = 0x20746D66;
    private static final int DATA = 0x61746164;

    private final FileChannel channel;
    private final SampleFormat format;
    private final int sampleRate;
    private final int channels;
    private final long frames;
    private final ByteBuffer block;
    private long unread;

    private WavReader(FileChannel channel, SampleFormat format, int sampleRate, int channels, long frames) {
        this.channel = channel;
        this.format = format;
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.frames = frames;
        this.unread = frames;
        this.block = ByteBuffer.allocate(64 * 1024 / (format.bytes() * channels) * format.bytes() * channels)
                .order(ByteOrder.LITTLE_ENDIAN)
                .limit(0);
    }

    /** Opens the file at its first frame. */
    public static WavReader open(Path file) throws IOException, UndecodableAudioException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return read(channel);
        } catch (IOException | UndecodableAudioException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Samples a second. */
    public int sampleRate() {
        return sampleRate;
    }

    /** 1 to 8. */
    public int channels() {
        return channels;
    }

    /** Frames that are really in the file, however many its header declares. */
    public long frames() {
        return frames;
    }

    /** How samples are stored. */
    public SampleFormat format() {
        return format;
    }

    /** Reads up to {@code count} interleaved frames to {@code target[offset…]}; frames read, or -1 at the end. */
    public int read(float[] target, int offset, int count) throws IOException {
        if (unread == 0) {
            return -1;
        }
        int wanted = (int) Math.min(unread, count);
        int index = offset;
        for (int i = 0; i < wanted * channels; i++) {
            if (!block.hasRemaining()) {
                fill();
            }
            target[index++] = next();
        }
        unread -= wanted;
        return wanted;
    }

    private float next() {
        return switch (format) {
            case PCM16 -> block.getShort() / 32_768f;
            case PCM24 -> {
                int low = block.get() & 0xFF;
                int middle = block.get() & 0xFF;
                yield ((block.get() << 16) | (middle << 8) | low) / 8_388_608f;
            }
            case PCM32 -> block.getInt() / 2_147_483_648f;
            case FLOAT32 -> block.getFloat();
        };
    }

    private void fill() throws IOException {
        block.clear();
        while (block.hasRemaining() && channel.read(block) >= 0) {
            // until the block is full or the file ends; frames() was cut to what is there
        }
        block.flip();
    }

    private static WavReader read(FileChannel channel) throws IOException, UndecodableAudioException {
        ByteBuffer riff = bytes(channel, 12);
        if (riff.getInt() != RIFF || riff.getInt(8) != WAVE) {
            throw new UndecodableAudioException(Problem.UNSUPPORTED, "This is not a WAV file.");
        }
        int tag = 0;
        int channels = 0;
        int rate = 0;
        int bits = 0;
        while (true) {
            ByteBuffer head = bytes(channel, 8);
            int id = head.getInt();
            long size = head.getInt() & 0xFFFF_FFFFL;
            if (id == DATA) {
                SampleFormat format = format(tag, bits);
                if (format == null || channels < 1 || channels > 8 || rate < 1) {
                    throw new UndecodableAudioException(
                            Problem.UNSUPPORTED, "The WAV file holds samples of an unknown kind.");
                }
                long there = Math.min(size, channel.size() - channel.position());
                return new WavReader(channel, format, rate, channels, there / ((long) channels * format.bytes()));
            }
            if (id == FMT && size >= 16 && size <= 4096) {
                ByteBuffer fmt = bytes(channel, (int) size);
                tag = fmt.getShort() & 0xFFFF;
                channels = fmt.getShort() & 0xFFFF;
                rate = fmt.getInt();
                bits = fmt.getShort(14) & 0xFFFF;
                if (tag == 0xFFFE && size >= 26) {
                    tag = fmt.getShort(24) & 0xFFFF;
                }
                channel.position(channel.position() + (size & 1));
            } else {
                channel.position(channel.position() + size + (size & 1));
            }
        }
    }

    private static @org.jspecify.annotations.Nullable SampleFormat format(int tag, int bits) {
        return switch (tag) {
            case 1 ->
                switch (bits) {
                    case 16 -> SampleFormat.PCM16;
                    case 24 -> SampleFormat.PCM24;
                    case 32 -> SampleFormat.PCM32;
                    default -> null;
                };
            case 3 -> bits == 32 ? SampleFormat.FLOAT32 : null;
            default -> null;
        };
    }

    private static ByteBuffer bytes(FileChannel channel, int count) throws IOException, UndecodableAudioException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new UndecodableAudioException(Problem.CORRUPT, "The WAV file has no audio data.");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
