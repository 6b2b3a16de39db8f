package dev.cadenza.catalog.track;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as it is compared: without case, accents and variants of width. */
public final class SearchText {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    // control characters too: databases take no NUL in a pattern
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cc}]+");
    private static final int MOST_WORDS = 10;

    private SearchText() {}

    /** {@code "  Größe ÉTÉ "} becomes {@code "grosse ete"}. */
    public static String folded(String text) {
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        // up and down again: the way that makes ß and ss equal
        String even = bare.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return SPACE.matcher(even).replaceAll(" ").strip();
    }

    /** The first 10 words of a query, folded. */
    public static List<String> words(String query) {
        return SPACE.splitAsStream(folded(query))
                .filter(word -> !word.isEmpty())
                .distinct()
                .limit(MOST_WORDS)
                .toList();
    }
}
