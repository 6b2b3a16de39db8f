package dev.cadenza.catalog.api.veza;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.web.VezaPages;
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

    private static final int LONGEST_TEXT = 200;

    private final MultiValueMap<String, String> values;

    Parameters(MultiValueMap<String, String> values) {
        this.values = values;
    }

    /** {@code page} from 1, {@code limit} from 1 to 100. */
    Paging page() {
        return VezaPages.of(integer("page", 1), integer("limit", 20));
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
        return parsed(name, "must be a time as in RFC 3339", text -> {
            OffsetDateTime time = OffsetDateTime.parse(text);
            // the JDK knows years that RFC 3339 cannot write and the database cannot compare
            if (time.getYear() < 0 || time.getYear() > 9999) {
                throw new IllegalArgumentException("no such year");
            }
            return time.toInstant();
        });
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

    private int integer(String name, int otherwise) {
        Integer value = parsed(name, "must be a whole number", Integer::valueOf);
        return value == null ? otherwise : value;
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
