package dev.cadenza.auth.session;

import dev.cadenza.platform.core.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** What clients show to go on with a session. Stored is a hash of it: its random bits need no salt. */
public final class Secrets {

    private static final int BYTES = 32;

    private Secrets() {}

    /** 256 random bits. */
    static String next() {
        return Ids.secret(BYTES);
    }

    /** What is stored in place of a secret. */
    public static String hash(String secret) {
        return HexFormat.of().formatHex(sha256(secret));
    }

    /** The token that pages and scripts repeat; bound to the cookie without telling anything about it. */
    static String csrfToken(String cookie) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256("csrf of " + cookie));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
