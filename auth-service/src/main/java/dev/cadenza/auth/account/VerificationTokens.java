package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tokens that prove that their bearer reads an address's mail. */
final class VerificationTokens {

    private static final int BYTES = 32;

    private VerificationTokens() {}

    static String next() {
        return Ids.secret(BYTES);
    }

    /** What is stored in place of the token; its 256 random bits need no salt. */
    static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
