package dev.cadenza.platform.web.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One range of a representation of known size, RFC 9110 section 14.
 *
 * @param offset first byte, from 0
 * @param length bytes, at least 1
 */
public record ByteRange(long offset, long length) {

    /** More at once are answered whole: nobody who plays audio asks for them. */
    private static final int MOST = 16;

    /** What a Range header asks for. */
    public sealed interface Wish {
        /** No range, an unknown unit, malformed, or too many: RFC 9110 14.2 lets a server ignore it. */
        record Whole() implements Wish {}

        /** Exactly this part. */
        record Part(ByteRange range) implements Wish {}

        /** These parts, two at least, in this order; no two share a byte. */
        record Parts(List<ByteRange> ranges) implements Wish {}

        /** No byte of it exists: 416. */
        record Unsatisfiable() implements Wish {}
    }

    /** Reads a {@code Range} header against a representation of {@code size} bytes. */
    public static Wish parse(@Nullable String header, long size) {
        if (header == null || !header.regionMatches(true, 0, "bytes=", 0, 6)) {
            return new Wish.Whole();
        }
        String[] specs = header.substring(6).split(",", MOST + 1);
        if (specs.length > MOST) {
            return new Wish.Whole();
        }
        List<ByteRange> ranges = new ArrayList<>();
        for (String spec : specs) {
            switch (one(spec.strip(), size)) {
                case Wish.Part part -> ranges.add(part.range());
                case Wish.Unsatisfiable nothing -> {}
                default -> {
                    return new Wish.Whole();
                }
            }
        }
        if (ranges.isEmpty()) {
            return new Wish.Unsatisfiable();
        }
        if (ranges.size() == 1) {
            return new Wish.Part(ranges.getFirst());
        }
        // the same bytes several times over cost more than they ask for: RFC 9110 14.2
        return overlap(ranges) ? new Wish.Whole() : new Wish.Parts(List.copyOf(ranges));
    }

    /** First and last byte, as {@code Content-Range} says it. */
    String contentRange(long size) {
        return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
    }

    private static Wish one(String spec, long size) {
        int dash = spec.indexOf('-');
        if (dash < 0) {
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

    private static boolean overlap(List<ByteRange> ranges) {
        List<ByteRange> sorted = ranges.stream()
                .sorted(Comparator.comparingLong(ByteRange::offset))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            ByteRange before = sorted.get(i - 1);
            if (before.offset() + before.length() > sorted.get(i).offset()) {
                return true;
            }
        }
        return false;
    }

    private static boolean digits(String text) {
        return text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
