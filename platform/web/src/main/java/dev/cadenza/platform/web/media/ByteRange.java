package dev.cadenza.platform.web.media;

import org.jspecify.annotations.Nullable;

/**
 * One range of a representation of known size, RFC 9110 section 14.
 *
 * @param offset first byte, from 0
 * @param length bytes, at least 1
 */
public record ByteRange(long offset, long length) {

    /** What a Range header asks for. */
    public sealed interface Wish {
        /** No range, an unknown unit, malformed, or several ranges: RFC 9110 14.2 lets a server ignore it. */
        record Whole() implements Wish {}

        /** Exactly this part. */
        record Part(ByteRange range) implements Wish {}

        /** No byte of it exists: 416. */
        record Unsatisfiable() implements Wish {}
    }

    /** Reads a {@code Range} header against a representation of {@code size} bytes. */
    public static Wish parse(@Nullable String header, long size) {
        if (header == null || !header.regionMatches(true, 0, "bytes=", 0, 6)) {
            return new Wish.Whole();
        }
        String spec = header.substring(6).strip();
        int dash = spec.indexOf('-');
        if (spec.indexOf(',') >= 0 || dash < 0) {
            return new Wish.Whole();
        }
        String from = spec.substring(0, dash).strip();
        String to = spec.substring(dash + 1).strip();
        if (!digits(from) || !digits(to) || (from.isEmpty() && to.isEmpty())) {
            return new Wish.Whole();
        }
        if (from.isEmpty()) {
            long suffix = Math.min(Long.parseLong(to), size);
            return suffix == 0 ? new Wish.Unsatisfiable() : new Wish.Part(new ByteRange(size - suffix, suffix));
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
        if (!to.isEmpty() && Long.parseLong(to) < first) {
            return new Wish.Whole();
        }
        return first >= size ? new Wish.Unsatisfiable() : new Wish.Part(new ByteRange(first, last - first + 1));
    }

    private static boolean digits(String text) {
        return text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
