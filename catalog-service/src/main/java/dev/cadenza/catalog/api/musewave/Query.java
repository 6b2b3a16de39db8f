package dev.cadenza.catalog.api.musewave;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Paging;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Query parameters, whose names may be written {@code sortBy} or {@code sort_by}; what cannot be understood answers 400. */
final class Query {

    private static final int LARGEST = 100;
    private static final int LAST = 1_000_000;
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_TAGS = 30;
    private static final Pattern SECOND_WORD = Pattern.compile("_([a-z])");

    private final MultiValueMap<String, String> values;

    Query(MultiValueMap<String, String> values) {
        this.values = values;
    }

    /** {@code limit} 1 to 100 (50), {@code offset} 0 to 1,000,000 (0). */
    Paging paging() {
        return new Paging(integer("offset", 0, 0, LAST), integer("limit", 50, 1, LARGEST));
    }

    /** Null where it is absent or blank. */
    @Nullable
    String text(String name) {
        String camel =
                SECOND_WORD.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
        String text = values.getFirst(name) == null ? values.getFirst(camel) : values.getFirst(name);
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > LONGEST_TEXT) {
            throw wrong(name, "must not be longer than " + LONGEST_TEXT + " characters");
        }
        return text.strip();
    }

    /** Separated by commas, or given several times. */
    List<String> tags() {
        List<String> tags = values.getOrDefault("tags", List.of()).stream()
                .flatMap(text -> Arrays.stream(text.split(",", MOST_TAGS + 1)))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        if (tags.size() > MOST_TAGS || tags.stream().anyMatch(tag -> tag.length() > LONGEST_TEXT)) {
            throw wrong("tags", "must be at most " + MOST_TAGS + " tags");
        }
        return tags;
    }

    @Nullable
    Boolean flag(String name) {
        return switch (text(name)) {
            case null -> null;
            case String text when text.equalsIgnoreCase("true") || text.equals("1") -> true;
            case String text when text.equalsIgnoreCase("false") || text.equals("0") -> false;
            default -> throw wrong(name, "must be true or false");
        };
    }

    private int integer(String name, int otherwise, int least, int most) {
        String text = text(name);
        try {
            int value = text == null ? otherwise : Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // says the same below
        }
        throw wrong(name, "must be between " + least + " and " + most);
    }

    static FailureException wrong(String name, String rule) {
        return Failure.unreadable("parameter.invalid", "The parameter '" + name + "' " + rule + ".");
    }
}
