package dev.cadenza.auth;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A device that shows one-time codes, as RFC 6238 has it. */
final class Authenticator {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final String secret;
    private long used;

    Authenticator(String secret) {
        this.secret = secret;
    }

    /** What it shows. */
    String shown() {
        return code(Instant.now().getEpochSecond() / 30);
    }

    /** A code that was not taken from here yet and is accepted now, or soon: Keycloak takes each once. */
    String fresh() {
        used = Math.max(used + 1, Instant.now().getEpochSecond() / 30);
        return code(used);
    }

    private String code(long step) {
        BigInteger key = BigInteger.ZERO;
        for (char c : secret.toCharArray()) {
            key = key.shiftLeft(5).or(BigInteger.valueOf(BASE32.indexOf(c)));
        }
        byte[] unsigned = key.toByteArray();
        byte[] bytes = new byte[secret.length() * 5 / 8];
        int length = Math.min(unsigned.length, bytes.length);
        System.arraycopy(unsigned, unsigned.length - length, bytes, bytes.length - length, length);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(bytes, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[19] & 0xf) & 0x7fffffff;
            return String.format(Locale.ROOT, "%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
