package dev.cadenza.generation.render;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/** Unpacks the SoundFont that comes with the build; see {@code soundfont/README.md} among the resources. */
public final class BundledSoundFont {

    private static final String FOLDER = "/soundfont/cadenza-gm";
    private static final int SAMPLE_RATE = 44_100;

    private BundledSoundFont() {}

    /** Decodes a FLAC file to raw little-endian float32, one channel. */
    @FunctionalInterface
    public interface FlacDecoder {
        /** Writes {@code raw}. */
        void decode(Path flac, Path raw, int sampleRate) throws IOException;
    }

    /**
     * The {@code .sf2} file, unpacked into {@code cache} unless it is there already. Several processes may do this at
     * once: each writes its own file, the last rename wins, all are equal.
     */
    public static Path unpack(Path cache, FlacDecoder decoder) throws IOException {
        Properties facts = new Properties();
        try (InputStream in = resource(".properties")) {
            facts.load(in);
        }
        String hash = facts.getProperty("sha256");
        Path target = cache.resolve("cadenza-gm-" + hash.substring(0, 16) + ".sf2");
        if (Files.exists(target)) {
            return target;
        }
        Files.createDirectories(cache);
        Path flac = Files.createTempFile(cache, "soundfont", ".flac");
        Path raw = Files.createTempFile(cache, "soundfont", ".raw");
        Path file = Files.createTempFile(cache, "soundfont", ".sf2");
        try {
            try (InputStream in = resource(".flac")) {
                Files.copy(in, flac, StandardCopyOption.REPLACE_EXISTING);
            }
            decoder.decode(flac, raw, SAMPLE_RATE);
            String made = assemble(raw, file, Integer.parseInt(facts.getProperty("samples.offset")));
            if (!made.equals(hash)) {
                throw new IOException("the SoundFont that comes with the build could not be unpacked: "
                        + "its hash is not the one that it was packed with");
            }
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(flac);
            Files.deleteIfExists(raw);
            Files.deleteIfExists(file);
        }
        return target;
    }

    private static String assemble(Path raw, Path file, int offset) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        try (InputStream frame = resource(".frame");
                InputStream samples = new BufferedInputStream(Files.newInputStream(raw), 1 << 16);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            out.write(frame.readNBytes(offset));
            byte[] block = new byte[1 << 16];
            ByteBuffer shorts = ByteBuffer.allocate(block.length / 2).order(ByteOrder.LITTLE_ENDIAN);
            for (int length; (length = samples.readNBytes(block, 0, block.length)) > 0; ) {
                ByteBuffer floats = ByteBuffer.wrap(block, 0, length).order(ByteOrder.LITTLE_ENDIAN);
                shorts.clear();
                while (floats.remaining() >= 4) {
                    shorts.putShort((short) Math.round(floats.getFloat() * 32_768));
                }
                out.write(shorts.array(), 0, shorts.position());
            }
            frame.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static InputStream resource(String ending) throws IOException {
        InputStream in = BundledSoundFont.class.getResourceAsStream(FOLDER + ending);
        if (in == null) {
            throw new IOException("the build lacks its SoundFont: " + FOLDER + ending);
        }
        return in;
    }
}
