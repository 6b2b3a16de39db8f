package dev.cadenza.platform.audio;

import dev.cadenza.platform.audio.UndecodableAudioException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts the tags of a file before FFmpeg reads them, which compares each with all others. Sizes are followed as FFmpeg
 * follows them and never believed: what leads beyond the end ends the count, each step leads on, and only so many are made.
 * What it is deceived about still has FFmpeg's own limits before it.
 */
final class TagCount {

    /** Accepted in one file. */
    static final int MOST = 1000;

    private static final int MOST_READS = 50_000;

    /** Names cost by their length: a tag that may have a longer one counts as so many. */
    private static final int LONG_NAME = 256;

    private static final int LONG_TAG = 4096;
    private static final int LONG_COUNTS = 50;

    /** Where the streams of an Ogg file begin. */
    private static final int OGG_PAGES = 64;

    private static final int OGG_HEADERS = 10;
    private static final int OGG_LARGEST_PAGE = 65_307;
    private static final int META_WINDOW = 64 * 1024;
    private static final int BOX_DEPTH = 12;
    private static final int OGGS = 0x4F67_6753;
    private static final int HDLR = 0x6864_6C72;
    private static final Set<String> BOXES =
            Set.of("moov", "trak", "mdia", "minf", "stbl", "moof", "traf", "udta", "meta", "ilst");

    private final FileChannel channel;
    private final long end;
    private int tags;
    private int reads;

    private TagCount(FileChannel channel) throws IOException {
        this.channel = channel;
        this.end = channel.size();
    }

    /**
     * Refuses a file with too many.
     *
     * @param audio where the format's own bytes begin, behind tags of ID3
     */
    static void demandFew(FileChannel channel, AudioFormat format, long audio)
            throws IOException, UndecodableAudioException {
        TagCount count = new TagCount(channel);
        count.id3(0, count.end);
        switch (format) {
            case FLAC -> count.flac(audio + 4);
            case WAV -> count.wav(audio + 12);
            case OGG -> count.ogg(audio);
            case M4A -> count.boxes(audio, count.end, "", 0);
            case MP3 -> {}
        }
    }

    private void tag(boolean perhapsLongName) throws UndecodableAudioException {
        tags += perhapsLongName ? LONG_COUNTS : 1;
        if (tags > MOST) {
            throw new UndecodableAudioException(
                    Problem.BEYOND_LIMITS, "The file has too many tags: " + MOST + " are accepted.");
        }
    }

    /** One behind another. */
    private void id3(long from, long to) throws IOException, UndecodableAudioException {
        long position = from;
        while (position + 10 <= to) {
            ByteBuffer head = read(position, 10);
            if (head.remaining() < 10 || !AudioHeader.starts(head, 0, "ID3") || (head.get(3) & 0xFF) == 0xFF) {
                return;
            }
            int flags = head.get(5);
            long content = position + 10;
            long next = content + syncsafe(head.getInt(6));
            int version = head.get(3);
            if ((flags & 0x40) != 0 && version > 2) {
                // an extended header; its size counts itself from version 4 on
                ByteBuffer size = read(content, 4);
                content += size.remaining() < 4 ? 4 : syncsafe(size.getInt(0)) + (version == 4 ? 0 : 4);
            }
            frames(content, Math.min(next, to), version, true);
            position = next + ((flags & 0x10) != 0 ? 10 : 0);
        }
    }

    private void frames(long from, long to, int version, boolean chapters)
            throws IOException, UndecodableAudioException {
        int header = version == 2 ? 6 : 10;
        long position = from;
        while (position + header <= to) {
            ByteBuffer head = read(position, header);
            if (head.remaining() < header || head.get(0) == 0) {
                return;
            }
            long size;
            if (version == 2) {
                size = (head.getShort(3) & 0xFFFFL) << 8 | head.get(5) & 0xFF;
            } else {
                size = head.getInt(4) & 0xFFFF_FFFFL;
            }
            if (version == 4 && size > 0x7F) {
                size = sizeInVersion4(position + header, (int) size, to);
            }
            tag(size > LONG_TAG && named(head));
            long content = position + header;
            if (size > to - content) {
                return;
            }
            position = content + size;
            if (chapters && version > 2 && AudioHeader.starts(head, 0, "CHAP")) {
                ByteBuffer name = read(content, LONG_NAME);
                int length = 0;
                while (length < name.remaining() && name.get(length) != 0) {
                    length++;
                }
                // a name, four times, and frames of its own
                frames(content + length + 1 + 16, position, 3, false);
            }
        }
    }

    /** Whether a frame brings a name of its own. */
    private static boolean named(ByteBuffer frame) {
        return frame.get(0) == 'T'
                || frame.get(0) == 'U'
                || AudioHeader.starts(frame, 0, "COM")
                || AudioHeader.starts(frame, 0, "PRIV");
    }

    /** Programs disagree about it; whichever leads to another frame is meant. */
    private long sizeInVersion4(long content, int size, long to) throws IOException, UndecodableAudioException {
        long plain = size & 0xFFFF_FFFFL;
        return plain >= to - content || leadsToFrame(content + syncsafe(size)) ? syncsafe(size) : plain;
    }

    private boolean leadsToFrame(long position) throws IOException, UndecodableAudioException {
        ByteBuffer name = read(position, 4);
        if (name.remaining() < 4) {
            return false;
        }
        boolean letters = true;
        for (int i = 0; i < 4; i++) {
            int letter = name.get(i);
            letters &= letter >= 'A' && letter <= 'Z' || letter >= '0' && letter <= '9';
        }
        return letters || name.getInt(0) == 0;
    }

    private static long syncsafe(int size) {
        return size >>> 3 & 0xFE0_0000 | size >>> 2 & 0x1F_C000 | size >>> 1 & 0x3F80 | size & 0x7F;
    }

    private void flac(long from) throws IOException, UndecodableAudioException {
        long position = from;
        while (position + 4 <= end) {
            int header = read(position, 4).getInt(0);
            int kind = header >>> 24 & 0x7F;
            long next = position + 4 + (header & 0xFF_FFFF);
            if (kind == 4) {
                comments(new Stretch(position + 4, Math.min(next, end)));
            } else if (kind == 6) {
                // a picture
                tag(false);
            }
            if (header < 0) {
                return;
            }
            position = next;
        }
    }

    private void wav(long from) throws IOException, UndecodableAudioException {
        long position = from;
        long dataSize = 0;
        while (position + 8 <= end) {
            ByteBuffer head = read(position, 24).order(ByteOrder.LITTLE_ENDIAN);
            long size = head.getInt(4) & 0xFFFF_FFFFL;
            long content = position + 8;
            long next = content + size;
            if (AudioHeader.starts(head, 0, "ds64") && head.remaining() == 24) {
                dataSize = head.getLong(16);
            } else if (AudioHeader.starts(head, 0, "LIST") && AudioHeader.starts(head, 8, "INFO")) {
                items(content + 4, Math.min(next, end));
            } else if (AudioHeader.starts(head, 0, "id3 ") || AudioHeader.starts(head, 0, "ID3 ")) {
                id3(content, Math.min(next, end));
            } else if (AudioHeader.starts(head, 0, "data") && size == 0xFFFF_FFFFL) {
                if (dataSize <= 0 || dataSize > end) {
                    return;
                }
                next = content + dataSize;
            }
            position = next + (next - content & 1);
        }
    }

    private void items(long from, long to) throws IOException, UndecodableAudioException {
        long position = from;
        while (position + 8 <= to) {
            ByteBuffer head = read(position, 8).order(ByteOrder.LITTLE_ENDIAN);
            long size = head.getInt(4) & 0xFFFF_FFFFL;
            tag(false);
            position += 8 + size + (size & 1);
        }
    }

    private void boxes(long from, long to, String parent, int depth) throws IOException, UndecodableAudioException {
        long position = from;
        while (position + 8 <= to) {
            ByteBuffer head = read(position, 16);
            long size = head.getInt(0) & 0xFFFF_FFFFL;
            int header = 8;
            if (size == 1 && head.remaining() == 16) {
                size = head.getLong(8);
                header = 16;
            } else if (size == 0) {
                size = to - position;
            }
            if (size < header) {
                return;
            }
            long next = position + Math.min(size, to - position);
            String name = new String(head.array(), 4, 4, StandardCharsets.ISO_8859_1);
            if (parent.equals("udta") || parent.equals("ilst")) {
                tag(name.equals("----") && size > LONG_TAG);
            }
            if (BOXES.contains(name) && depth < BOX_DEPTH) {
                long content = position + header;
                boxes(name.equals("meta") ? handler(content, next) : content, next, name, depth + 1);
            }
            if (depth == 0 && name.equals("moov")) {
                // another would not be read
                return;
            }
            position = next;
        }
    }

    /** Where the box of that name is, before which others put others. */
    private long handler(long from, long to) throws IOException, UndecodableAudioException {
        for (long position = from; position < to; position += META_WINDOW) {
            ByteBuffer window = read(position, (int) Math.min(META_WINDOW, to - position));
            for (int i = 0; i + 4 <= window.remaining(); i += 4) {
                if (window.getInt(i) == HDLR) {
                    return position + i - 4;
                }
            }
        }
        return to;
    }

    private void ogg(long from) throws IOException, UndecodableAudioException {
        Set<Integer> streams = new HashSet<>();
        OggPages pages = new OggPages(from);
        for (int i = 0; i < OGG_PAGES && pages.turn(); i++) {
            if (streams.add(pages.stream)) {
                oggHeaders(new OggPackets(pages.stream, pages.start));
            }
        }
    }

    private void oggHeaders(OggPackets packets) throws IOException, UndecodableAudioException {
        ByteBuffer first = packets.take(8);
        boolean flac = AudioHeader.starts(first, 0, "\u007FFLAC");
        boolean bare = AudioHeader.starts(first, 0, "Speex   ") || AudioHeader.starts(first, 0, "CELT    ");
        for (int i = 1; (i < OGG_HEADERS || flac) && packets.next(); i++) {
            if (bare && i == 1) {
                comments(packets);
                continue;
            }
            ByteBuffer head = packets.take(4);
            if (flac) {
                if (head.remaining() == 4 && head.get(0) == (byte) 0xFF) {
                    return;
                }
                if (head.remaining() == 4 && (head.get(0) & 0x7F) == 4) {
                    comments(packets);
                }
            } else if (AudioHeader.starts(head, 0, "Opus") && packets.skip(4)
                    || AudioHeader.starts(head, 0, "\3vor") && packets.skip(3)
                    || head.remaining() == 4 && head.getInt(0) == 0x8174_6865 && packets.skip(3)
                    || AudioHeader.starts(head, 0, "OVP8") && packets.skip(3)) {
                // of Opus, Vorbis, Theora and VP8
                comments(packets);
            }
        }
    }

    private void comments(Bytes in) throws IOException, UndecodableAudioException {
        long vendor = in.number();
        if (vendor < 0 || !in.skip(vendor)) {
            return;
        }
        long count = in.number();
        for (long i = 0; i < count; i++) {
            long size = in.number();
            if (size < 0) {
                return;
            }
            long left = size;
            boolean longName = false;
            if (size > LONG_NAME) {
                ByteBuffer name = in.take(LONG_NAME);
                left -= name.remaining();
                longName = true;
                while (longName && name.hasRemaining()) {
                    longName = name.get() != '=';
                }
            }
            tag(longName);
            if (!in.skip(left)) {
                return;
            }
        }
    }

    private ByteBuffer read(long position, int count) throws IOException, UndecodableAudioException {
        if (++reads > MOST_READS) {
            throw new UndecodableAudioException(Problem.BEYOND_LIMITS, "The file consists of too many parts.");
        }
        return AudioHeader.at(channel, position, count).order(ByteOrder.BIG_ENDIAN);
    }

    /** Bytes that belong together, read once. */
    private abstract static class Bytes {

        /** The next few; fewer where they end. */
        abstract ByteBuffer take(int count) throws IOException, UndecodableAudioException;

        /** False where they end before. */
        abstract boolean skip(long count) throws IOException, UndecodableAudioException;

        /** The next four as a number; negative where they end. */
        long number() throws IOException, UndecodableAudioException {
            ByteBuffer four = take(4);
            return four.remaining() < 4 ? -1 : Integer.reverseBytes(four.getInt(0)) & 0xFFFF_FFFFL;
        }
    }

    /** A part of the file. */
    private final class Stretch extends Bytes {
        private final long to;
        private long position;

        Stretch(long from, long to) {
            this.position = from;
            this.to = to;
        }

        @Override
        ByteBuffer take(int count) throws IOException, UndecodableAudioException {
            ByteBuffer taken = read(position, Math.clamp(to - position, 0, count));
            position += taken.remaining();
            return taken;
        }

        @Override
        boolean skip(long count) {
            boolean there = count <= to - position;
            position = there ? position + count : to;
            return there;
        }
    }

    /** The pages of an Ogg file, whichever stream they are of. */
    private final class OggPages {
        private long next;
        private long start;
        private int stream;
        private boolean ends;
        private ByteBuffer sizes = ByteBuffer.allocate(0);

        OggPages(long from) {
            this.next = from;
        }

        boolean turn() throws IOException, UndecodableAudioException {
            start = next;
            ByteBuffer head = read(start, 27 + 255);
            if (head.remaining() >= 4 && head.getInt(0) != OGGS) {
                // what is between pages is skipped
                ByteBuffer window = read(start, OGG_LARGEST_PAGE);
                int found = 1;
                while (found + 4 <= window.remaining() && window.getInt(found) != OGGS) {
                    found++;
                }
                start += found;
                head = read(start, 27 + 255);
            }
            int count = head.remaining() < 27 ? 0 : head.get(26) & 0xFF;
            if (head.remaining() < 27 + count || head.getInt(0) != OGGS) {
                return false;
            }
            ends = (head.get(5) & 4) != 0;
            stream = head.getInt(14);
            sizes = head.slice(27, count);
            next = start + 27 + count;
            for (int i = 0; i < count; i++) {
                next += sizes.get(i) & 0xFF;
            }
            return true;
        }

        long content() {
            return start + 27 + sizes.limit();
        }
    }

    /** The packets of one stream of an Ogg file, from page to page. */
    private final class OggPackets extends Bytes {
        private final int stream;
        private final OggPages pages;
        private long position;
        private int left;
        private boolean last;
        private boolean lastPage;

        OggPackets(int stream, long from) {
            this.stream = stream;
            this.pages = new OggPages(from);
        }

        /** Goes to the next packet; false where there is none. */
        boolean next() throws IOException, UndecodableAudioException {
            while (more()) {
                position += left;
                left = 0;
            }
            last = false;
            return pages.sizes.hasRemaining() || turn();
        }

        @Override
        ByteBuffer take(int count) throws IOException, UndecodableAudioException {
            ByteBuffer taken = ByteBuffer.allocate(count);
            while (taken.hasRemaining() && more()) {
                ByteBuffer part = read(position, Math.min(left, taken.remaining()));
                if (!part.hasRemaining()) {
                    break;
                }
                position += part.remaining();
                left -= part.remaining();
                taken.put(part);
            }
            return taken.flip();
        }

        @Override
        boolean skip(long count) throws IOException, UndecodableAudioException {
            long more = count;
            while (more > 0 && more()) {
                int part = (int) Math.min(left, more);
                position += part;
                left -= part;
                more -= part;
            }
            return more == 0;
        }

        /** Whether there are bytes of this packet left. */
        private boolean more() throws IOException, UndecodableAudioException {
            while (left == 0) {
                if (last || !pages.sizes.hasRemaining() && !turn()) {
                    return false;
                }
                left = pages.sizes.get() & 0xFF;
                last = left < 255;
            }
            return true;
        }

        private boolean turn() throws IOException, UndecodableAudioException {
            do {
                // a stream of few packets must not be looked for in all of the others
                if (lastPage || !pages.turn()) {
                    return false;
                }
                lastPage = pages.ends && pages.stream == stream;
            } while (pages.stream != stream || !pages.sizes.hasRemaining());
            position = pages.content();
            return true;
        }
    }
}
