package dev.cadenza.platform.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Makes files that want to do harm. */
final class Hostile {

    private static final List<String> BOXES = List.of("moov", "trak", "mdia", "minf", "dinf");

    private Hostile() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A tag of ID3v2.3 around frames, which claims this size. */
    static byte[] id3(int claimed, byte[] frames) {
        return join(
                bytes("ID3\3\0\0"),
                new byte[] {
                    (byte) (claimed >> 21 & 127),
                    (byte) (claimed >> 14 & 127),
                    (byte) (claimed >> 7 & 127),
                    (byte) (claimed & 127)
                },
                frames);
    }

    static byte[] id3Frame(String name, byte[] content) {
        return ByteBuffer.allocate(10 + content.length)
                .put(bytes(name))
                .putInt(content.length)
                .putShort((short) 0)
                .put(content)
                .array();
    }

    static byte[] picture(byte[] image) {
        return id3Frame("APIC", join(bytes("\0image/png\0\3\0"), image));
    }

    /** An MP3 without its tags. */
    static byte[] untagged(byte[] mp3) {
        int audio = 10 + (mp3[6] << 21 | mp3[7] << 14 | mp3[8] << 7 | mp3[9]);
        return Arrays.copyOfRange(mp3, audio, mp3.length);
    }

    /** A PNG of one bit a pixel, all black: tiny for what it unfolds to. */
    static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            byte[] row = new byte[1 + (width + 7) / 8];
            for (int i = 0; i < height; i++) {
                deflater.write(row);
            }
        }
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {1, 0, 0, 0, 0})
                .array();
        return join(
                bytes("\u0089PNG\r\n\u001A\n"),
                chunk("IHDR", header),
                chunk("IDAT", packed.toByteArray()),
                chunk("IEND", new byte[0]));
    }

    private static byte[] chunk(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(bytes(name));
        crc.update(content);
        return ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(bytes(name))
                .put(content)
                .putInt((int) crc.getValue())
                .array();
    }

    /** Silence of any length at 8 kHz: 15 bytes for eight seconds. */
    static byte[] flacSilence(long seconds) {
        int block = 65_535;
        long samples = seconds * 8000;
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(bytes("fLaC"));
        file.writeBytes(new byte[] {(byte) 0x80, 0, 0, 34});
        file.writeBytes(streamInfo(block, 8000, samples));
        for (long frame = 0; frame * block < samples; frame++) {
            int count = (int) Math.min(block, samples - frame * block);
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            // fixed blocks whose size follows in 16 bits, 8 kHz, mono, 16 bits
            head.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xF8, (byte) 0x74, 0x08});
            head.writeBytes(Character.toString((int) frame).getBytes(StandardCharsets.UTF_8));
            head.write(count - 1 >> 8);
            head.write(count - 1);
            head.write(crc(head.toByteArray(), 0x07, 8));
            // one constant
            head.writeBytes(new byte[3]);
            int crc = crc(head.toByteArray(), 0x8005, 16);
            head.write(crc >> 8);
            head.write(crc);
            file.writeBytes(head.toByteArray());
        }
        return file.toByteArray();
    }

    static byte[] streamInfo(int block, int rate, long samples) {
        return ByteBuffer.allocate(34)
                .putShort((short) block)
                .putShort((short) block)
                .put(new byte[6])
                // 20 bits of rate, 3 of channels, 5 of depth, 36 of samples
                .putLong((long) rate << 44 | 15L << 36 | samples)
                .put(new byte[16])
                .array();
    }

    private static int crc(byte[] bytes, int polynomial, int width) {
        int crc = 0;
        for (byte value : bytes) {
            crc ^= (value & 0xFF) << (width - 8);
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1 << (width - 1)) == 0 ? crc << 1 : crc << 1 ^ polynomial;
            }
            crc &= (1 << width) - 1;
        }
        return crc;
    }

    /** FLAC with this many comments before its first frame. */
    static byte[] flacComments(byte[] flac, int count, String value) {
        ByteBuffer comments =
                ByteBuffer.allocate(8 + count * (4 + 12 + value.length())).order(ByteOrder.LITTLE_ENDIAN);
        comments.putInt(0).putInt(count);
        for (int i = 0; i < count; i++) {
            byte[] comment = bytes("T%06d=%s".formatted(i, value));
            comments.putInt(comment.length).put(comment);
        }
        byte[] block = Arrays.copyOf(comments.array(), comments.position());
        byte[] head = {4, (byte) (block.length >> 16), (byte) (block.length >> 8), (byte) block.length};
        int streamInfo = 4 + 4 + 34;
        return join(Arrays.copyOf(flac, streamInfo), head, block, Arrays.copyOfRange(flac, streamInfo, flac.length));
    }

    static byte[] wav(int riffSize, int dataSize, int channels, int rate, byte[] data) {
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put(bytes("RIFF"))
                .putInt(riffSize)
                .put(bytes("WAVEfmt "))
                .putInt(16)
                .putShort((short) 1);
        header.putShort((short) channels).putInt(rate).putInt(rate * channels * 2);
        header.putShort((short) (channels * 2)).putShort((short) 16);
        header.put(bytes("data")).putInt(dataSize);
        return join(header.array(), data);
    }

    static byte[] rf64(long dataSize, byte[] data) {
        ByteBuffer header = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
        header.put(bytes("RF64")).putInt(-1).put(bytes("WAVEds64")).putInt(28);
        header.putLong(dataSize + 72).putLong(dataSize).putLong(dataSize / 4).putInt(0);
        header.put(bytes("fmt ")).putInt(16).putShort((short) 1).putShort((short) 2);
        header.putInt(44_100).putInt(44_100 * 4).putShort((short) 4).putShort((short) 16);
        header.put(bytes("data")).putInt(-1);
        return join(header.array(), data);
    }

    /** Frames of AAC as they are broadcast, with nothing sensible inside. */
    static byte[] adts(int frames) {
        byte[] frame = new byte[107];
        System.arraycopy(
                new byte[] {(byte) 0xFF, (byte) 0xF1, 0x50, (byte) 0x80, 0x0D, 0x7F, (byte) 0xFC}, 0, frame, 0, 7);
        byte[] all = new byte[frames * frame.length];
        for (int i = 0; i < frames; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        return all;
    }

    /** MP4 whose samples lie in another file, as its data reference says. */
    static byte[] elsewhere(byte[] m4a, String kind, String place) {
        byte[] name = join(bytes(place), new byte[1]);
        byte[] entry = ByteBuffer.allocate(12 + name.length)
                .putInt(12 + name.length)
                .put(bytes(kind))
                .putInt(0)
                .put(name)
                .array();
        byte[] dref = ByteBuffer.allocate(16 + entry.length)
                .putInt(16 + entry.length)
                .put(bytes("dref"))
                .putInt(0)
                .putInt(1)
                .put(entry)
                .array();
        return boxes(m4a, dref);
    }

    private static byte[] boxes(byte[] content, byte[] dref) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(content);
        while (in.remaining() >= 8) {
            int start = in.position();
            int size = in.getInt();
            byte[] type = new byte[4];
            in.get(type);
            String name = new String(type, StandardCharsets.ISO_8859_1);
            byte[] body = Arrays.copyOfRange(content, start + 8, start + size);
            in.position(start + size);
            if (name.equals("dref")) {
                all.writeBytes(dref);
                continue;
            }
            byte[] inside = BOXES.contains(name) ? boxes(body, dref) : body;
            all.writeBytes(
                    ByteBuffer.allocate(8).putInt(8 + inside.length).put(type).array());
            all.writeBytes(inside);
        }
        return all.toByteArray();
    }

    /** Overwrites numbers behind each occurrence of a name. */
    static byte[] overwritten(byte[] file, String name, int after, int... values) {
        byte[] changed = file.clone();
        byte[] wanted = bytes(name);
        for (int i = 0; i + after + 4 * values.length < changed.length; i++) {
            if (Arrays.equals(changed, i, i + 4, wanted, 0, 4)) {
                for (int k = 0; k < values.length; k++) {
                    ByteBuffer.wrap(changed).putInt(i + after + 4 * k, values[k]);
                }
            }
        }
        return changed;
    }

    /** A few random injuries. */
    static byte[] mutated(byte[] file, Random random) {
        byte[] bytes = file.clone();
        int injuries = 1 + random.nextInt(8);
        for (int i = 0; i < injuries && bytes.length > 16; i++) {
            // half of them where the structure is
            int at = random.nextBoolean()
                    ? random.nextInt(Math.min(bytes.length - 8, 600))
                    : random.nextInt(bytes.length - 8);
            int[] extremes = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7FFF, 0xFFFF, 0x1000_0000};
            switch (random.nextInt(7)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> ByteBuffer.wrap(bytes).putInt(at, extremes[random.nextInt(extremes.length)]);
                case 3 ->
                    ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(at, extremes[random.nextInt(extremes.length)]);
                case 4 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 5 -> {
                    int end = Math.min(bytes.length, at + 1 + random.nextInt(2000));
                    bytes = join(
                            Arrays.copyOf(bytes, end),
                            Arrays.copyOfRange(bytes, at, end),
                            Arrays.copyOfRange(bytes, end, bytes.length));
                }
                default -> {
                    int end = Math.min(bytes.length, at + 1 + random.nextInt(500));
                    bytes = join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
                }
            }
        }
        return bytes;
    }
}
