package dev.cadenza.platform.core;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Sources of identity. Use cases receive one, so that tests can decide the ids. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static long lastMillis;
    private static int counter;

    private Ids() {}

    /** Time-ordered UUIDs (version 7, RFC 9562 section 5.7), increasing within this process. */
    public static Supplier<UUID> timeOrdered() {
        return Ids::next;
    }

    /** A time-ordered UUID. */
    public static synchronized UUID next() {
        long now = System.currentTimeMillis();
        if (now > lastMillis) {
            lastMillis = now;
            counter = RANDOM.nextInt(0x400);
        } else if (++counter > 0xFFF) {
            // RFC 9562 6.2: when the counter overflows, borrow the next millisecond
            lastMillis++;
            counter = 0;
        }
        long high = (lastMillis << 16) | 0x7000L | counter;
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** A UUID exactly as it is written, in 36 characters; the JDK alone would take {@code 1-1-1-1-1}. */
    public static Optional<UUID> parse(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Public id of the musicgen dialect: prefix, underscore, 16 random hex digits. */
    public static String publicId(String prefix) {
        return prefix + "_" + HexFormat.of().toHexDigits(RANDOM.nextLong());
    }

    /** Unguessable URL-safe text of {@code bytes} random bytes. */
    public static String secret(int bytes) {
        byte[] value = new byte[bytes];
        RANDOM.nextBytes(value);
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }
}
