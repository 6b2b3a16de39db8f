package dev.cadenza.catalog.api.veza;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Paging;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Query parameters of the dialect; whatever cannot be understood answers 400. */
final class Parameters {

    private static final int LARGEST_PAGE = 1_000_000;
    private static final int LONGEST_TEXT = 200;

    private final MultiValueMap<String, String> values;

    Parameters(MultiValueMap<String, String> values) {
        this.values = values;
    }

    /** {@code page} from 1, {@code limit} from 1 to 100. */
    Page page() {
        return new Page(integer("page", 1, 1, LARGEST_PAGE), integer("limit", 20, 1, 100));
    }

    /** Which page of which size. */
    record Page(int page, int limit) {
        Paging paging() {
            return Paging.page(page, limit);
        }
    }

    /** Text of at most 200 characters; null where absent or blank. */
    @Nullable
    String text(String name) {
        String text = values.getFirst(name);
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > LONGEST_TEXT) {
            throw wrong(name, "must not be longer than " + LONGEST_TEXT + " characters");
        }
        return text;
    }

    @Nullable
    UUID id(String name) {
        return parsed(name, "must be a UUID", Ids::parse);
    }

    @Nullable
    Instant time(String name) {
        return parsed(
                name,
                "must be a time as in RFC 3339",
                text -> OffsetDateTime.parse(text).toInstant());
    }

    @Nullable
    Double seconds(String name) {
        Double value = parsed(name, "must be a number of seconds", Double::valueOf);
        if (value != null && !(value >= 0 && Double.isFinite(value))) {
            throw wrong(name, "must be a number of seconds");
        }
        return value;
    }

    /** One of these words, in any case; null where absent. */
    @Nullable
    String word(String name, String... words) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        String word = text.toLowerCase(Locale.ROOT);
        if (!Arrays.asList(words).contains(word)) {
            throw wrong(name, "must be one of " + String.join(", ", words));
        }
        return word;
    }

    private int integer(String name, int otherwise, int least, int most) {
        Integer value = parsed(name, "must be a whole number", Integer::valueOf);
        if (value == null) {
            return otherwise;
        }
        if (value < least || value > most) {
            throw wrong(name, "must be between " + least + " and " + most);
        }
        return value;
    }

    private <T> @Nullable T parsed(String name, String rule, Function<String, T> parser) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(name, rule);
        }
    }

    private static FailureException wrong(String name, String rule) {
        return Failure.unreadable("parameter.invalid", "The parameter '" + name + "' " + rule + ".");
    }
}
