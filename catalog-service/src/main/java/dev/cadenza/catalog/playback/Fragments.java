package dev.cadenza.catalog.playback;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the fragments of a fragmented MP4 file are (ISO/IEC 14496-12: {@code moof} and {@code mdat} behind what a player
 * needs first).
 *
 * @param initLength bytes before the first fragment
 * @param fragments those that are whole, in order
 */
public record Fragments(long initLength, List<Fragment> fragments) {

    private static final int MOOF = 0x6D6F6F66;
    private static final int MDAT = 0x6D646174;
    private static final int TRUN = 0x7472756E;
    private static final int HEADER = 8;
    /** A fragment's table has 8 bytes a frame, and some boxes around it. */
    private static final int LARGEST_MOOF = 1 << 20;

    public Fragments {
        fragments = List.copyOf(fragments);
    }

    /**
     * One fragment.
     *
     * @param offset of its first byte in the file
     * @param length bytes
     * @param frames of audio
     */
    public record Fragment(long offset, int length, int frames) {}

    /** Nothing is known yet. */
    public static final Fragments NONE = new Fragments(0, List.of());

    /** These, and those that were written behind them since. Reads box headers only. */
    public Fragments extended(FileChannel file) throws IOException {
        List<Fragment> more = new ArrayList<>(fragments);
        long init = initLength;
        long position = more.isEmpty() ? 0 : end(more.getLast());
        long size = file.size();
        Fragment open = null;
        while (position + HEADER <= size) {
            ByteBuffer header = read(file, position, HEADER);
            long length = Integer.toUnsignedLong(header.getInt(0));
            int type = header.getInt(4);
            // it is being written, or its length is
            if (length < HEADER || length > Integer.MAX_VALUE || position + length > size) {
                break;
            }
            if (type == MOOF) {
                if (more.isEmpty()) {
                    init = position;
                }
                open = new Fragment(position, (int) length, frames(file, position, length));
            } else if (type == MDAT && open != null) {
                more.add(new Fragment(open.offset(), open.length() + (int) length, open.frames()));
                open = null;
            }
            position += length;
        }
        return new Fragments(init, more);
    }

    private static int frames(FileChannel file, long position, long length) throws IOException {
        ByteBuffer moof = read(file, position, (int) Math.min(length, LARGEST_MOOF));
        for (int i = HEADER; i + 12 <= moof.limit(); i++) {
            if (moof.getInt(i) == TRUN) {
                return moof.getInt(i + 8);
            }
        }
        throw new IOException("a fragment without frames");
    }

    /** Exactly these bytes. */
    static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("the file became shorter");
            }
        }
        return bytes.flip();
    }

    private static long end(Fragment fragment) {
        return fragment.offset() + fragment.length();
    }
}
