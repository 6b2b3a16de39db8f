package dev.cadenza.auth.key;

import dev.cadenza.auth.secret.Sha256;
import dev.cadenza.platform.core.Ids;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The secret text of an API key: {@code cdz_}, 256 random bits in base64url, and six characters of their checksum, so
 * that scanners recognise a leaked one and typing errors are told from unknown keys without asking anybody.
 */
public record KeySecret(String text) {

    private static final String MARK = "cdz_";
    private static final int RANDOM_BYTES = 32;
    private static final int RANDOM_CHARACTERS = 43;
    private static final int CHECKSUM_CHARACTERS = 6;
    private static final int SHOWN = MARK.length() + 8;
    private static final Pattern FORM =
            Pattern.compile(MARK + "[A-Za-z0-9_-]{" + RANDOM_CHARACTERS + "}[0-9a-z]{" + CHECKSUM_CHARACTERS + "}");

    /** A new one. */
    static KeySecret next() {
        String random = MARK + Ids.secret(RANDOM_BYTES);
        return new KeySecret(random + checksum(random));
    }

    /** The secret in this text; empty where it can be none. */
    static Optional<KeySecret> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        int end = text.length() - CHECKSUM_CHARACTERS;
        return text.substring(end).equals(checksum(text.substring(0, end)))
                ? Optional.of(new KeySecret(text))
                : Optional.empty();
    }

    /** What its owner may see later, to know it again. */
    String prefix() {
        return text.substring(0, SHOWN);
    }

    /** What is stored in place of the secret; its 256 random bits need no salt, and a look-up by it tells no time. */
    String hash() {
        return Sha256.hex(text);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        // 32 bits are at most seven digits of base 36: the lower six tell enough
        String digits = Long.toString(crc.getValue(), Character.MAX_RADIX).toLowerCase(Locale.ROOT);
        String padded = "0".repeat(CHECKSUM_CHARACTERS) + digits;
        return padded.substring(padded.length() - CHECKSUM_CHARACTERS);
    }

    @Override
    public String toString() {
        return prefix() + "…";
    }
}
