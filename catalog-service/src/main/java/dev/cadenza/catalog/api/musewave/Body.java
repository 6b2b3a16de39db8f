package dev.cadenza.catalog.api.musewave;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.web.security.Caller;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a body. A field that is absent is null here, one that is null removes what it can; what is wrong is
 * collected until {@link #refuseWrong()}.
 */
final class Body {

    /** More than any field's limit, which the library checks. */
    private static final int MOST_ITEMS = 10_000;

    private final Map<String, @Nullable Object> fields;
    private final List<Violation> violations = new ArrayList<>();

    Body(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /** Refuses a body that names somebody else as its user. */
    static void demandOwn(Map<String, @Nullable Object> fields, Caller caller) {
        Object user = fields.get("user_id");
        if (user != null
                && !(user instanceof String text
                        && text.equalsIgnoreCase(caller.id().toString()))) {
            throw Failure.forbidden("user.not_caller", "The user_id is not yours.");
        }
    }

    /** Text that must stay: null is as blank. */
    @Nullable
    String text(String field) {
        return !fields.containsKey(field) ? null : fields.get(field) == null ? "" : of(field, String.class, "text");
    }

    /** A number; null in the body is 0, which removes it. */
    @Nullable
    Double number(String field) {
        if (!fields.containsKey(field)) {
            return null;
        }
        Number number = fields.get(field) == null ? Integer.valueOf(0) : of(field, Number.class, "a number");
        return number == null ? null : number.doubleValue();
    }

    /** A whole number. */
    @Nullable
    Long whole(String field) {
        Number number = fields.get(field) == null ? null : of(field, Number.class, "a whole number");
        if (number == null) {
            return null;
        }
        try {
            return switch (number) {
                case BigInteger big -> big.longValueExact();
                case Double d -> BigDecimal.valueOf(d).longValueExact();
                case BigDecimal decimal -> decimal.longValueExact();
                default -> number.longValue();
            };
        } catch (ArithmeticException | NumberFormatException e) {
            wrong(field, "a whole number");
            return null;
        }
    }

    @Nullable
    Boolean flag(String field) {
        return fields.get(field) == null ? null : of(field, Boolean.class, "true or false");
    }

    /** Texts; null in the body is none. */
    @Nullable
    List<String> texts(String field) {
        if (!fields.containsKey(field)) {
            return null;
        }
        List<?> list = fields.get(field) == null ? List.of() : of(field, List.class, "a list of text");
        if (list == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof String text) || texts.size() >= MOST_ITEMS) {
                wrong(field, "a list of text");
                return null;
            }
            texts.add(text);
        }
        return texts;
    }

    /** Ids; null in the body is none. */
    @Nullable
    List<UUID> ids(String field) {
        List<String> texts = texts(field);
        if (texts == null) {
            return null;
        }
        List<UUID> ids = new ArrayList<>();
        for (String text : texts) {
            Ids.parse(text).ifPresentOrElse(ids::add, () -> {});
        }
        if (ids.size() < texts.size()) {
            wrong(field, "a list of ids");
            return null;
        }
        return ids;
    }

    /** A moment, or a day in UTC. */
    @Nullable
    Instant moment(String field) {
        String text = fields.get(field) == null ? null : of(field, String.class, "a time as in RFC 3339");
        if (text == null || text.isBlank()) {
            return null;
        }
        for (Function<String, OffsetDateTime> form : List.<Function<String, OffsetDateTime>>of(
                OffsetDateTime::parse,
                word -> LocalDateTime.parse(word).atOffset(ZoneOffset.UTC),
                word -> LocalDate.parse(word).atStartOfDay().atOffset(ZoneOffset.UTC))) {
            try {
                OffsetDateTime moment = form.apply(text.strip());
                // the JDK knows years that RFC 3339 cannot write and the database cannot compare
                if (moment.getYear() >= 1 && moment.getYear() <= 9999) {
                    return moment.toInstant();
                }
            } catch (DateTimeException e) {
                // perhaps the next form
            }
        }
        wrong(field, "a time as in RFC 3339");
        return null;
    }

    /** Whether the field is there and says that there is nothing. */
    boolean removes(String field) {
        return fields.containsKey(field)
                && (fields.get(field) == null || fields.get(field) instanceof String text && text.isBlank());
    }

    /** Fails with Invalid where anything that was asked for was wrong. */
    void refuseWrong() {
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
    }

    private <T> @Nullable T of(String field, Class<T> type, String what) {
        Object value = fields.get(field);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        wrong(field, what);
        return null;
    }

    private void wrong(String field, String what) {
        violations.add(Violation.of(field, "The " + field + " must be " + what + "."));
    }
}
