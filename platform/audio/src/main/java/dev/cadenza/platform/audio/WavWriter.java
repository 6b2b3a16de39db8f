package dev.cadenza.platform.audio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a WAV file block by block; the sizes in its header are put right by {@link #close}. Not thread-safe. */
public final class WavWriter implements Closeable {

    private static final long LARGEST = 0xFFFF_FFFFL - 64;

    private final FileChannel channel;
    private final SampleFormat format;
    private final int sampleRate;
    private final int channels;
    private final ByteBuffer block;
    private long dataBytes;
    private boolean closed;

    private WavWriter(FileChannel channel, SampleFormat format, int sampleRate, int channels) {
        this.channel = channel;
        this.format = format;
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.block = ByteBuffer.allocate(64 * 1024 / (format.bytes() * channels) * format.bytes() * channels)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Creates or replaces the file. */
    public static WavWriter create(Path file, int sampleRate, int channels, SampleFormat format) throws IOException {
        if (channels < 1 || channels > 8 || sampleRate < 1 || format == SampleFormat.PCM32) {
            throw new IllegalArgumentException(channels + " channels, " + sampleRate + " Hz, " + format);
        }
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        WavWriter writer = new WavWriter(channel, format, sampleRate, channels);
        writer.writeHeader();
        return writer;
    }

    /** Appends {@code frames} frames of interleaved samples, the first at index {@code offset}; clips to full scale. */
    public void write(float[] interleaved, int offset, int frames) throws IOException {
        long more = (long) frames * channels * format.bytes();
        if (dataBytes + more > LARGEST) {
            throw new IOException("a WAV file holds at most 4 GiB");
        }
        int end = offset + frames * channels;
        for (int i = offset; i < end; i++) {
            if (block.remaining() < format.bytes()) {
                flush();
            }
            put(interleaved[i]);
        }
        dataBytes += more;
    }

    /** Appends all samples of the array. */
    public void write(float[] interleaved) throws IOException {
        write(interleaved, 0, interleaved.length / channels);
    }

    private void put(float sample) {
        switch (format) {
            case PCM16 -> block.putShort((short) scaled(sample, 32_768));
            case PCM24 -> {
                int value = scaled(sample, 8_388_608);
                block.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
            }
            case FLOAT32 -> block.putFloat(sample);
            case PCM32 -> throw new IllegalStateException();
        }
    }

    private static int scaled(float sample, int full) {
        // NaN becomes 0; the positive side has one step less
        return (int) Math.max(-full, Math.min(full - 1L, Math.round((double) sample * full)));
    }

    private void flush() throws IOException {
        block.flip();
        while (block.hasRemaining()) {
            channel.write(block);
        }
        block.clear();
    }

    private void writeHeader() throws IOException {
        boolean isFloat = format == SampleFormat.FLOAT32;
        int frameBytes = channels * format.bytes();
        ByteBuffer header = ByteBuffer.allocate(isFloat ? 58 : 44).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt((int) (header.capacity() - 8 + dataBytes + (dataBytes & 1)));
        header.put(ascii("WAVE")).put(ascii("fmt ")).putInt(isFloat ? 18 : 16);
        header.putShort((short) (isFloat ? 3 : 1)).putShort((short) channels);
        header.putInt(sampleRate).putInt(sampleRate * frameBytes);
        header.putShort((short) frameBytes).putShort((short) (format.bytes() * 8));
        if (isFloat) {
            header.putShort((short) 0);
            header.put(ascii("fact")).putInt(4).putInt((int) (dataBytes / frameBytes));
        }
        header.put(ascii("data")).putInt((int) dataBytes);
        header.flip();
        long position = 0;
        while (header.hasRemaining()) {
            position += channel.write(header, position);
        }
        if (channel.position() < position) {
            channel.position(position);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            if ((dataBytes & 1) == 1) {
                if (!block.hasRemaining()) {
                    flush();
                }
                block.put((byte) 0);
            }
            flush();
            writeHeader();
        }
    }
}
