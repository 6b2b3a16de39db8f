package dev.cadenza.analytics.api.veza;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moments and stretches of time in queries. */
final class Moments {

    private static final Pattern RFC3339 = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)(?:Z|([+ -])(\\d{2}:\\d{2}))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WINDOW = Pattern.compile("(\\d{1,5})([mhd])");
    private static final Duration LONGEST = Duration.ofDays(30);

    private Moments() {}

    /** A moment as RFC 3339 writes it; null where none is given. A plus in a query arrives as a space. */
    static @Nullable Instant parse(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        Matcher matcher = RFC3339.matcher(text);
        if (!matcher.matches()) {
            throw unreadable(name);
        }
        String sign = matcher.group(3);
        String offset = sign == null ? "Z" : (sign.equals("-") ? "-" : "+") + matcher.group(4);
        try {
            return OffsetDateTime.parse(matcher.group(1) + "T" + matcher.group(2) + offset)
                    .toInstant();
        } catch (DateTimeException e) {
            throw unreadable(name);
        }
    }

    /** A stretch such as {@code 90m}, {@code 24h} or {@code 7d}, at most 30 days. */
    static Duration window(String text) {
        Matcher matcher = WINDOW.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw Failure.unreadable("parameter.invalid", "The parameter 'window' must look like 90m, 24h or 7d.");
        }
        int count = Integer.parseInt(matcher.group(1));
        Duration window =
                switch (matcher.group(2)) {
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                };
        if (count == 0 || window.compareTo(LONGEST) > 0) {
            throw Failure.invalidField("window", "The window must be between one minute and 30 days.");
        }
        return window;
    }

    private static FailureException unreadable(String name) {
        return Failure.unreadable(
                "parameter.invalid", "The parameter '" + name + "' must be a moment such as 2025-01-01T00:00:00Z.");
    }
}
