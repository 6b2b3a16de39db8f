package dev.cadenza.gateway.watch;

import dev.cadenza.gateway.route.Row;
import org.jspecify.annotations.Nullable;

/**
 * A path as others may read it: without the tokens that mails carry in theirs, and no longer than anybody needs. Paths
 * come percent-encoded, so there is no control character in them.
 */
final class ShownPath {

    private static final int LONGEST = 512;

    /** Longer than any id; what is longer may be a token at an address that we do not know. */
    private static final int LONGEST_SEGMENT = 40;

    private static final int KEPT = 8;
    private static final String TOKEN = "{token}";

    private ShownPath() {}

    static String of(String path, @Nullable Row row) {
        if (row != null && row.pattern().contains(TOKEN)) {
            return row.pattern();
        }
        if (path.length() <= LONGEST_SEGMENT) {
            return path;
        }
        StringBuilder shown = new StringBuilder();
        int start = 0;
        while (start < path.length() && shown.length() < LONGEST) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (end - start > LONGEST_SEGMENT) {
                shown.append(path, start, start + KEPT).append("...");
            } else {
                shown.append(path, start, end);
            }
            if (slash >= 0) {
                shown.append('/');
            }
            start = end + 1;
        }
        return shown.length() <= LONGEST ? shown.toString() : shown.substring(0, LONGEST);
    }
}
