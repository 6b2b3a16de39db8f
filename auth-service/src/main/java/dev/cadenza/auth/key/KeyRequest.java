package dev.cadenza.auth.key;

import dev.cadenza.auth.role.Role;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody asks a new key to be, as it was sent. */
public record KeyRequest(
        @Nullable String name,
        @Nullable List<@Nullable String> scopes,
        @Nullable Long expiresInDays,
        @Nullable String expiresAt,
        @Nullable Long requestsPerMinute) {

    private static final int LONGEST_NAME = 100;
    private static final int SHOWN = 60;

    /** The same, in order. */
    record Checked(
            String name, List<String> scopes, @Nullable Instant expiresAt, int requestsPerMinute) {}

    /** All that is wrong with it at once. */
    Checked check(Collection<String> roles, KeySettings settings, Instant now) {
        List<Violation> violations = new ArrayList<>();
        String checkedName = name(violations);
        List<String> checkedScopes = scopes(Role.scopes(roles), violations);
        Instant expiry = expiry(settings.longestLife(), now, violations);
        int perMinute = requestsPerMinute(settings, violations);
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return new Checked(checkedName, checkedScopes, expiry, perMinute);
    }

    private String name(List<Violation> violations) {
        String stripped = name == null ? "" : name.strip();
        if (stripped.isEmpty()) {
            violations.add(required("name"));
        } else if (stripped.codePointCount(0, stripped.length()) > LONGEST_NAME
                || stripped.codePoints().anyMatch(Character::isISOControl)) {
            violations.add(new Violation(
                    "name", "Use 1 to 100 characters, no control characters.", null, "1-" + LONGEST_NAME));
        }
        return stripped;
    }

    private List<String> scopes(Set<String> grantable, List<Violation> violations) {
        if (scopes == null || scopes.isEmpty()) {
            violations.add(required("scopes"));
            return List.of();
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (String scope : scopes) {
            if (scope == null || !grantable.contains(scope)) {
                String known = String.join(", ", grantable);
                violations.add(new Violation(
                        "scopes", "There is no such scope for you. Known ones: " + known, shortened(scope), known));
                return List.of();
            }
            wanted.add(scope);
        }
        return List.copyOf(wanted);
    }

    private @Nullable Instant expiry(Duration longest, Instant now, List<Violation> violations) {
        if (expiresInDays != null && expiresAt != null) {
            violations.add(Violation.of("expires_at", "Send expires_at or expires_in_days, not both."));
            return null;
        }
        if (expiresInDays != null) {
            if (expiresInDays < 1 || expiresInDays > longest.toDays()) {
                violations.add(new Violation(
                        "expires_in_days",
                        "Use 1 to %d days.".formatted(longest.toDays()),
                        expiresInDays,
                        "1-" + longest.toDays()));
                return null;
            }
            return now.plus(Duration.ofDays(expiresInDays));
        }
        if (expiresAt == null) {
            return null;
        }
        Instant moment = moment(expiresAt);
        if (moment == null) {
            violations.add(new Violation(
                    "expires_at", "Use a moment such as 2030-12-31T23:59:59Z.", shortened(expiresAt), null));
        } else if (!moment.isAfter(now)) {
            violations.add(new Violation("expires_at", "This moment has passed.", shortened(expiresAt), null));
        } else if (moment.isAfter(now.plus(longest))) {
            violations.add(new Violation(
                    "expires_at",
                    "This moment is more than %d days away.".formatted(longest.toDays()),
                    shortened(expiresAt),
                    null));
        } else {
            return moment;
        }
        return null;
    }

    private int requestsPerMinute(KeySettings settings, List<Violation> violations) {
        long wanted = Objects.requireNonNullElse(requestsPerMinute, (long) settings.requestsPerMinute());
        if (wanted < 1 || wanted > settings.mostRequestsPerMinute()) {
            violations.add(new Violation(
                    "requests_per_minute",
                    "Use 1 to %d.".formatted(settings.mostRequestsPerMinute()),
                    wanted,
                    "1-" + settings.mostRequestsPerMinute()));
            return 0;
        }
        return (int) wanted;
    }

    private static @Nullable Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Violation required(String field) {
        return Violation.of(field, "This field is required.");
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN / 2)) + "…";
    }
}
