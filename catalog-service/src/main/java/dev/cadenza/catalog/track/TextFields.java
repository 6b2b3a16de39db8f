package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure.Violation;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text that owners write: checked, and cleaned of what cannot be seen. */
final class TextFields {

    private TextFields() {}

    /** One line that must not be empty; where null is wanted, the current one. */
    static String required(
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
    static @Nullable String optional(
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
    static @Nullable String optionalLines(
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
