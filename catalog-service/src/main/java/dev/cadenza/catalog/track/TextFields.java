package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text that owners write: checked, and cleaned of what cannot be seen. */
public final class TextFields {

    private static final int LONGEST_ADDRESS = 2_000;

    private TextFields() {}

    /** One line that must not be empty; where null is wanted, the current one. */
    public static String required(
            String field, @Nullable String wanted, String current, int longest, List<Violation> violations) {
        if (wanted == null) {
            return current;
        }
        String text = clean(wanted);
        if (text.isEmpty()) {
            violations.add(Violation.of(field, "The " + field + " must not be empty."));
        }
        checkLength(field, text, longest, violations);
        return text;
    }

    /** One line or none; where null is wanted, the current one, where nothing is in it, null. */
    public static @Nullable String optional(
            String field, @Nullable String wanted, @Nullable String current, int longest, List<Violation> violations) {
        if (wanted == null) {
            return current;
        }
        String text = clean(wanted);
        checkLength(field, text, longest, violations);
        return text.isEmpty() ? null : text;
    }

    private static void checkLength(String field, String text, int longest, List<Violation> violations) {
        if (length(text) > longest) {
            violations.add(
                    Violation.of(field, "The " + field + " must not be longer than " + longest + " characters."));
        }
    }

    /** Several lines or none, as {@link #optional}. */
    public static @Nullable String optionalLines(
            String field, @Nullable String wanted, @Nullable String current, int longest, List<Violation> violations) {
        if (wanted == null) {
            return current;
        }
        String text = wanted.lines()
                .map(TextFields::clean)
                .collect(Collectors.joining("\n"))
                .strip();
        checkLength(field, text, longest, violations);
        return text.isEmpty() ? null : text;
    }

    /** An address that clients may be sent to, or none: absolute, http or https, nobody's password in it; as {@link #optional}. */
    public static @Nullable String address(
            String field, @Nullable String wanted, @Nullable String current, List<Violation> violations) {
        if (wanted == null || wanted.isBlank()) {
            return wanted == null ? current : null;
        }
        String text = wanted.strip();
        if (text.length() > LONGEST_ADDRESS || !isAddress(text)) {
            violations.add(Violation.of(field, "The " + field + " must be an http or https address."));
        }
        return text;
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** In characters as people count them, nearly. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** One line in composed form, without what cannot be seen. */
    static String clean(String text) {
        StringBuilder visible = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .map(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c)
                .filter(c -> switch (Character.getType(c)) {
                    case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> false;
                    // joiners belong to words and emoji; the rest of the kind turns text around
                    case Character.FORMAT -> c == 0x200C || c == 0x200D;
                    default -> true;
                })
                .forEach(visible::appendCodePoint);
        return visible.toString().strip();
    }

    /** The text, cut where it is too long. */
    static String cut(String text, int longest) {
        String clean = clean(text);
        return clean.codePointCount(0, clean.length()) <= longest
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, longest)).strip();
    }
}
