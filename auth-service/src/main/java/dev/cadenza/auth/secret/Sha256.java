package dev.cadenza.auth.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Hashes of texts in UTF-8. For what is random enough to need neither salt nor stretching, or needs to be no secret. */
public final class Sha256 {

    private Sha256() {}

    /** 32 bytes. */
    public static byte[] bytes(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 64 hexadecimal digits. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(bytes(text));
    }

    /** Half of it, as an id: nobody makes two texts with the same one on purpose, nor by accident. */
    public static UUID id(String text) {
        ByteBuffer hash = ByteBuffer.wrap(bytes(text));
        return new UUID(hash.getLong(), hash.getLong());
    }
}
