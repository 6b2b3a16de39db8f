package dev.cadenza.platform.audio;

import dev.cadenza.platform.audio.UndecodableImageException.Problem;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a picture says about itself before anything is decoded, and that it does not end too early. Names are never looked
 * at.
 *
 * @param orientation how it must be turned to be upright, as in EXIF: 1 for not at all
 * @param opaque whether certainly no pixel is transparent
 */
record ImageHeader(Kind kind, int width, int height, int orientation, boolean opaque) {

    /** Kinds that are accepted, with what FFmpeg calls the program parts that read them. */
    enum Kind {
        PNG("png_pipe", "png"),
        JPEG("jpeg_pipe", "mjpeg"),
        WEBP("webp_pipe", "webp"),
        GIF("gif", "gif");

        final String demuxer;
        final String decoder;

        Kind(String demuxer, String decoder) {
            this.demuxer = demuxer;
            this.decoder = decoder;
        }
    }

    private static final int LONGEST_MAGIC = 16;

    /** Reads it, or says why this is no picture that the platform takes. */
    static ImageHeader read(Path file) throws IOException, UndecodableImageException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            in.mark(LONGEST_MAGIC);
            byte[] magic = in.readNBytes(12);
            in.reset();
            if (magic.length == 0) {
                throw unusable("The file is empty.");
            }
            ImageHeader header;
            if (starts(magic, 0, "\u0089PNG\r\n\u001A\n")) {
                header = png(in);
            } else if (starts(magic, 0, "\u00FF\u00D8\u00FF")) {
                header = jpeg(in);
            } else if (starts(magic, 0, "RIFF") && starts(magic, 8, "WEBP")) {
                header = webp(in);
            } else if (starts(magic, 0, "GIF87a") || starts(magic, 0, "GIF89a")) {
                header = gif(in);
            } else {
                throw new UndecodableImageException(
                        Problem.UNSUPPORTED, "The content is no PNG, JPEG, WebP or GIF picture.");
            }
            if (header.width < 1 || header.height < 1) {
                throw unusable("The picture has no pixels.");
            }
            return header;
        } catch (EOFException e) {
            throw unusable("The picture is cut off.");
        }
    }

    long pixels() {
        return (long) width * height;
    }

    /** Whether width and height change places when it is turned upright. */
    boolean isLying() {
        return orientation >= 5;
    }

    private static ImageHeader png(DataInputStream in) throws IOException, UndecodableImageException {
        in.skipNBytes(8);
        int width = 0;
        int height = 0;
        boolean opaque = true;
        while (true) {
            int length = in.readInt();
            String chunk = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
            if (length < 0 || width == 0 && !(chunk.equals("IHDR") && length == 13)) {
                throw unusable("The picture is damaged.");
            }
            switch (chunk) {
                case "IHDR" -> {
                    width = positive(in.readInt());
                    height = positive(in.readInt());
                    in.skipNBytes(1);
                    int colourType = in.readUnsignedByte();
                    opaque = (colourType & 4) == 0;
                    in.skipNBytes(3);
                }
                case "tRNS" -> {
                    opaque = false;
                    in.skipNBytes(length);
                }
                default -> in.skipNBytes(length);
            }
            in.skipNBytes(4); // its checksum, which the decoder looks at
            if (chunk.equals("IEND")) {
                return new ImageHeader(Kind.PNG, width, height, 1, opaque);
            }
        }
    }

    private static ImageHeader jpeg(DataInputStream in) throws IOException, UndecodableImageException {
        in.skipNBytes(2);
        int width = 0;
        int height = 0;
        int orientation = 1;
        int marker = marker(in);
        while (marker != 0xD9) {
            if (marker == 0x01 || marker >= 0xD0 && marker <= 0xD8) {
                marker = marker(in);
                continue;
            }
            int length = in.readUnsignedShort() - 2;
            if (length < 0) {
                throw unusable("The picture is damaged.");
            }
            boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frame && width == 0 && length >= 5) {
                in.skipNBytes(1);
                height = in.readUnsignedShort();
                width = in.readUnsignedShort();
                in.skipNBytes(length - 5);
            } else if (marker == 0xE1) {
                byte[] segment = new byte[length];
                in.readFully(segment);
                orientation = orientation == 1 ? orientation(segment) : orientation;
            } else {
                in.skipNBytes(length);
            }
            marker = marker == 0xDA ? afterScan(in) : marker(in);
        }
        return new ImageHeader(Kind.JPEG, width, height, orientation, true);
    }

    private static int marker(DataInputStream in) throws IOException, UndecodableImageException {
        if (in.readUnsignedByte() != 0xFF) {
            throw unusable("The picture is damaged.");
        }
        int code = in.readUnsignedByte();
        while (code == 0xFF) {
            code = in.readUnsignedByte();
        }
        return code;
    }

    /** Runs over compressed data to the next marker that is none of its own. */
    private static int afterScan(DataInputStream in) throws IOException {
        while (true) {
            if (in.readUnsignedByte() != 0xFF) {
                continue;
            }
            int code = in.readUnsignedByte();
            while (code == 0xFF) {
                code = in.readUnsignedByte();
            }
            if (code != 0 && (code < 0xD0 || code > 0xD7)) {
                return code;
            }
        }
    }

    /** Cameras lie on their side; the tag that says so goes with all others. */
    private static int orientation(byte[] segment) {
        if (!starts(segment, 0, "Exif\0\0") || segment.length < 14) {
            return 1;
        }
        ByteBuffer tiff = ByteBuffer.wrap(segment, 6, segment.length - 6).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = tiff.getInt(4) & 0xFFFF_FFFFL;
        if (directory + 2 > tiff.limit()) {
            return 1;
        }
        int entries = tiff.getShort((int) directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > tiff.limit()) {
                return 1;
            }
            if (tiff.getShort((int) entry) == 0x0112) {
                int value = tiff.getShort((int) entry + 8) & 0xFFFF;
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }

    private static ImageHeader gif(DataInputStream in) throws IOException, UndecodableImageException {
        in.skipNBytes(6);
        int width = littleShort(in);
        int height = littleShort(in);
        int flags = in.readUnsignedByte();
        in.skipNBytes(2);
        skipPalette(in, flags);
        while (true) {
            switch (in.readUnsignedByte()) {
                case 0x21 -> {
                    in.skipNBytes(1);
                    skipBlocks(in);
                }
                case 0x2C -> {
                    in.skipNBytes(8);
                    skipPalette(in, in.readUnsignedByte());
                    in.skipNBytes(1);
                    skipBlocks(in);
                    return new ImageHeader(Kind.GIF, width, height, 1, false);
                }
                default -> throw unusable("The picture is damaged.");
            }
        }
    }

    private static void skipPalette(DataInputStream in, int flags) throws IOException {
        if ((flags & 0x80) != 0) {
            in.skipNBytes(3L << (flags & 7) + 1);
        }
    }

    private static void skipBlocks(DataInputStream in) throws IOException {
        for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
            in.skipNBytes(length);
        }
    }

    private static ImageHeader webp(DataInputStream in) throws IOException, UndecodableImageException {
        in.skipNBytes(12);
        boolean opaque = true;
        while (true) {
            byte[] name = in.readNBytes(4);
            String chunk = new String(name, StandardCharsets.ISO_8859_1);
            long length = littleInt(in) & 0xFFFF_FFFFL;
            if (name.length < 4) {
                throw new EOFException();
            }
            byte[] head = in.readNBytes((int) Math.min(length, 10));
            int width;
            int height;
            switch (chunk) {
                case "VP8X" -> {
                    if (head.length > 0 && (head[0] & 0x02) != 0) {
                        throw unusable("Animated WebP pictures are not accepted: send a still one.");
                    }
                    opaque = head.length > 0 && (head[0] & 0x10) == 0;
                    in.skipNBytes(length - head.length + (length & 1));
                    continue;
                }
                case "VP8 " -> {
                    if (!starts(head, 3, "\u009D\u0001\u002A") || head.length < 10) {
                        throw unusable("The picture is damaged.");
                    }
                    width = (head[6] & 0xFF) | (head[7] & 0x3F) << 8;
                    height = (head[8] & 0xFF) | (head[9] & 0x3F) << 8;
                }
                case "VP8L" -> {
                    if (head.length < 5 || head[0] != 0x2F) {
                        throw unusable("The picture is damaged.");
                    }
                    int bits =
                            ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(1);
                    width = (bits & 0x3FFF) + 1;
                    height = (bits >>> 14 & 0x3FFF) + 1;
                    opaque &= (bits >>> 28 & 1) == 0;
                }
                default -> {
                    in.skipNBytes(length - head.length + (length & 1));
                    continue;
                }
            }
            in.skipNBytes(length - head.length);
            return new ImageHeader(Kind.WEBP, width, height, 1, opaque);
        }
    }

    private static int littleShort(DataInputStream in) throws IOException {
        return in.readUnsignedByte() | in.readUnsignedByte() << 8;
    }

    private static int littleInt(DataInputStream in) throws IOException {
        return Integer.reverseBytes(in.readInt());
    }

    private static int positive(int number) throws UndecodableImageException {
        if (number < 1) {
            throw unusable("The picture has no pixels.");
        }
        return number;
    }

    private static boolean starts(byte[] bytes, int index, String magic) {
        if (bytes.length < index + magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if ((bytes[index + i] & 0xFF) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static UndecodableImageException unusable(String reason) {
        return new UndecodableImageException(Problem.UNUSABLE, reason);
    }
}
