package dev.cadenza.analytics.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the chain and what its row must be. Whoever keeps one elsewhere notices when the log loses its end or is
 * written anew.
 *
 * @param seq of the row, from 1; 0 for the beginning
 * @param hash of the row, 64 hexadecimal digits
 */
public record Anchor(long seq, String hash) {

    /** Before the first row. */
    public static final Anchor BEGINNING = new Anchor(0, "0".repeat(64));

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    /** What {@link #toString} wrote; empty where it is none. */
    public static Optional<Anchor> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Anchor(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return seq + ":" + hash;
    }
}
