package dev.cadenza.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Files that want to do harm, as somebody uploads them; what FFmpeg makes of many more is tested where it is called. */
final class HostileMedia {

    /** What may come of a file. */
    enum Ending {
        /** It is refused, or fails. */
        NO_TRACK,
        /** There is audio in it, and the rest does no harm. */
        TRACK,
        /** Either is right. */
        ANY
    }

    /** A file as it is uploaded. */
    record Sample(String name, byte[] bytes, Ending ending) {}

    private static final int HEAD_OF_FLAC = 4 + 4 + 34;

    private HostileMedia() {}

    /** Files that name these places, dressed as audio. */
    static List<Sample> lists(List<String> places) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            String place = places.get(i);
            byte[] m3u8 = bytes("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + place
                    + "\n#EXT-X-ENDLIST\n");
            String end = " " + i;
            samples.add(noTrack("list" + end + ".mp3", m3u8));
            samples.add(noTrack(
                    "concat" + end + ".mp3", bytes("ffconcat version 1.0\nfile '" + place + "'\nduration 7\n")));
            samples.add(noTrack("list in a tag" + end + ".mp3", id3(m3u8.length, m3u8)));
            samples.add(noTrack("list behind riff" + end + ".wav", join(bytes("RIFF\0\0\0\0WAVE"), m3u8)));
            samples.add(noTrack(
                    "dash" + end + ".m4a",
                    bytes("<?xml version=\"1.0\"?><!DOCTYPE MPD [<!ENTITY x SYSTEM \"" + place
                            + "\">]><MPD><Period><BaseURL>" + place + "</BaseURL>&x;</Period></MPD>")));
        }
        return samples;
    }

    /** Files that are no audio, or none that anybody could hear. */
    static List<Sample> unusable(byte[] wav, byte[] flac) {
        byte[] much = new byte[64 * 2 * 4000];
        return List.of(
                noTrack("empty.mp3", new byte[0]),
                noTrack("picture.mp3", png(8, 8)),
                noTrack("archive.flac", bytes("PK\3\4\24\0\0\0\10\0" + "x".repeat(500))),
                noTrack("page.ogg", bytes("<!doctype html><script>alert(1)</script>")),
                noTrack("only a tag.mp3", id3(0, new byte[0])),
                noTrack("no length.wav", wav(36, 0, 2, 44_100, new byte[0])),
                noTrack("no frames.flac", Arrays.copyOf(flac, HEAD_OF_FLAC)),
                noTrack("header.wav", Arrays.copyOf(wav, 44)),
                noTrack("64 channels at 384 kHz.wav", wav(36 + much.length, much.length, 64, 384_000, much)),
                noTrack("65535 channels.wav", wav(36 + much.length, much.length, 65_535, 44_100, much)),
                noTrack("rate.wav", wav(36 + much.length, much.length, 2, -1, much)),
                noTrack("ten hours.flac", claiming(flac, 10 * 3600)),
                noTrack("five hours.flac", claiming(flac, 5 * 3600)),
                noTrack("hundred thousand comments.flac", comments(flac, 100_000)));
    }

    /** Audio whose headers claim more than there is, or whose tags are no tags. */
    static List<Sample> liars(byte[] wav, byte[] mp3, byte[] flac, byte[] ogg, byte[] m4a, String address) {
        byte[] second = Arrays.copyOfRange(wav, 44, 44 + 4 * 44_100);
        byte[] frames = untagged(mp3);
        String xml = "<!DOCTYPE x [<!ENTITY x SYSTEM '" + address + "'>]><x>&x;</x>";
        byte[] xmlTags = join(
                frame("TIT2", bytes("\0" + xml)),
                frame("WXXX", bytes("\0\0" + address)),
                frame("APIC", bytes("\0-->\0\3\0" + address)));
        byte[] title = frame("TIT2", bytes("\0" + "T".repeat(3_000_000)));
        byte[] picture = frame("APIC", join(bytes("\0image/png\0\3\0"), png(30_000, 30_000)));
        byte[] beyond = frame("APIC", new byte[10]);
        beyond[4] = 0x7F; // two gigabytes of picture
        return List.of(
                new Sample("xml in tags.mp3", tagged(xmlTags, frames), Ending.TRACK),
                new Sample("title of megabytes.mp3", tagged(title, frames), Ending.TRACK),
                new Sample("picture of gigapixels.mp3", tagged(picture, frames), Ending.TRACK),
                new Sample("picture of gigabytes.mp3", tagged(beyond, frames), Ending.ANY),
                noTrack("tag of 200 MB.mp3", join(id3(200_000_000, new byte[0]), frames)),
                new Sample("4 GB of riff.wav", wav(-1, second.length, 2, 44_100, second), Ending.TRACK),
                new Sample("4 GB of data.wav", wav(-1, -1, 2, 44_100, second), Ending.ANY),
                new Sample("8 EB.wav", rf64(Long.MAX_VALUE, second), Ending.ANY),
                new Sample("block beyond the end.flac", hugeBlock(flac), Ending.ANY),
                new Sample("cut.wav", Arrays.copyOf(wav, wav.length / 2), Ending.ANY),
                new Sample("cut.mp3", Arrays.copyOf(mp3, mp3.length / 2), Ending.ANY),
                new Sample("cut.flac", Arrays.copyOf(flac, flac.length / 2), Ending.ANY),
                new Sample("cut.ogg", Arrays.copyOf(ogg, ogg.length / 2), Ending.ANY),
                new Sample("cut.m4a", Arrays.copyOf(m4a, m4a.length / 2), Ending.ANY),
                new Sample("wav.mp3", wav, Ending.TRACK),
                new Sample("flac.exe", flac, Ending.TRACK),
                new Sample("m4a.wav", m4a, Ending.TRACK));
    }

    private static Sample noTrack(String name, byte[] content) {
        return new Sample(name, content, Ending.NO_TRACK);
    }

    /** A kilobyte that claims so many seconds. */
    private static byte[] claiming(byte[] flac, long seconds) {
        byte[] liar = Arrays.copyOf(flac, 1024);
        int rate = 44_100;
        // behind marker, block header and sizes: 20 bits of rate, 3 of channels, 5 of depth, 36 of samples
        ByteBuffer.wrap(liar).putLong(4 + 4 + 10, (long) rate << 44 | 1L << 41 | 15L << 36 | seconds * rate);
        return liar;
    }

    private static byte[] comments(byte[] flac, int count) {
        ByteBuffer comments = ByteBuffer.allocate(8 + count * 17).order(ByteOrder.LITTLE_ENDIAN);
        comments.putInt(0).putInt(count);
        for (int i = 0; i < count; i++) {
            comments.putInt(13).put(bytes("T%06d=value".formatted(i)));
        }
        byte[] block = comments.array();
        byte[] head = {4, (byte) (block.length >> 16), (byte) (block.length >> 8), (byte) block.length};
        byte[] info = Arrays.copyOf(flac, HEAD_OF_FLAC);
        info[4] = 0; // no longer the last block
        return join(info, head, block, Arrays.copyOfRange(flac, HEAD_OF_FLAC, flac.length));
    }

    /** The block behind the first says that it has 16 MB. */
    private static byte[] hugeBlock(byte[] flac) {
        byte[] info = Arrays.copyOf(flac, HEAD_OF_FLAC);
        info[4] = 0;
        return join(info, new byte[] {1, -1, -1, -1}, Arrays.copyOfRange(flac, HEAD_OF_FLAC, flac.length));
    }

    private static byte[] tagged(byte[] frames, byte[] mp3) {
        return join(id3(frames.length, frames), mp3);
    }

    /** A tag of ID3v2.3 around frames, which claims this size. */
    private static byte[] id3(int claimed, byte[] frames) {
        byte[] size = {
            (byte) (claimed >> 21 & 127),
            (byte) (claimed >> 14 & 127),
            (byte) (claimed >> 7 & 127),
            (byte) (claimed & 127)
        };
        return join(bytes("ID3\3\0\0"), size, frames);
    }

    private static byte[] frame(String name, byte[] content) {
        return ByteBuffer.allocate(10 + content.length)
                .put(bytes(name))
                .putInt(content.length)
                .putShort((short) 0)
                .put(content)
                .array();
    }

    private static byte[] untagged(byte[] mp3) {
        boolean tag = mp3[0] == 'I' && mp3[1] == 'D' && mp3[2] == '3';
        return tag
                ? Arrays.copyOfRange(mp3, 10 + (mp3[6] << 21 | mp3[7] << 14 | mp3[8] << 7 | mp3[9]), mp3.length)
                : mp3;
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

    private static byte[] rf64(long dataSize, byte[] data) {
        ByteBuffer header = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
        header.put(bytes("RF64")).putInt(-1).put(bytes("WAVEds64")).putInt(28);
        header.putLong(dataSize).putLong(dataSize).putLong(dataSize / 4).putInt(0);
        header.put(bytes("fmt ")).putInt(16).putShort((short) 1).putShort((short) 2);
        header.putInt(44_100).putInt(44_100 * 4).putShort((short) 4).putShort((short) 16);
        header.put(bytes("data")).putInt(-1);
        return join(header.array(), data);
    }

    /** One bit a pixel, all black: tiny for what it unfolds to. */
    private static byte[] png(int width, int height) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            byte[] row = new byte[1 + (width + 7) / 8];
            for (int i = 0; i < height; i++) {
                deflater.write(row);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
