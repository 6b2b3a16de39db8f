package dev.cadenza.social.webhook;

import dev.cadenza.platform.core.Failure;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs deliveries.
 *
 * @param text {@code whsec_} and the key in Base64: the form that Standard Webhooks libraries take
 * @param until when it stops signing; null for the current key
 */
public record SigningKey(String text, @Nullable Instant until) {

    private static final String PREFIX = "whsec_";
    private static final int GENERATED_BYTES = 32;
    private static final int SHORTEST_BYTES = 16;
    private static final int LONGEST_BYTES = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new random key. */
    public static SigningKey generate() {
        byte[] key = new byte[GENERATED_BYTES];
        RANDOM.nextBytes(key);
        return of(key);
    }

    /**
     * The key that a client chose: {@code whsec_} and Base64, or any other text, of which the UTF-8 bytes are the key.
     *
     * @throws dev.cadenza.platform.core.FailureException invalid {@code secret}
     */
    public static SigningKey chosen(String secret) {
        byte[] key = secret.startsWith(PREFIX) ? decode(secret) : secret.getBytes(StandardCharsets.UTF_8);
        if (key.length < SHORTEST_BYTES || key.length > LONGEST_BYTES) {
            throw Failure.invalidField("secret", "A secret has " + SHORTEST_BYTES + " to " + LONGEST_BYTES + " bytes.");
        }
        return of(key);
    }

    /** The bytes that HMAC takes. */
    public byte[] bytes() {
        return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }

    /** The same key, signing no longer than {@code end}. */
    public SigningKey endingAt(Instant end) {
        return new SigningKey(text, end);
    }

    /** Whether it signs at {@code now}. */
    public boolean signsAt(Instant now) {
        return until == null || now.isBefore(until);
    }

    /** Tells nothing: keys do not belong in logs. */
    @Override
    public String toString() {
        return "SigningKey[until=" + until + "]";
    }

    private static SigningKey of(byte[] key) {
        return new SigningKey(PREFIX + Base64.getEncoder().encodeToString(key), null);
    }

    private static byte[] decode(String secret) {
        try {
            return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw Failure.invalidField("secret", "After whsec_ a secret is Base64.");
        }
    }
}
