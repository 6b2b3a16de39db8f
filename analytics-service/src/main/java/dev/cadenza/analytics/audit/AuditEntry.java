package dev.cadenza.analytics.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did, or that happened to somebody's things. A fact: never changed.
 *
 * @param id the event's
 * @param userId account concerned; null where there is none, such as a failed login under an unknown name
 * @param actorId who did it, where it was not the account's owner; null otherwise
 * @param action such as {@code track.uploaded}
 * @param target what it was done to; null for the account itself
 * @param ip address of the client; empty where nobody asked for it
 * @param userAgent what the client says it is; empty where it says nothing
 * @param details further facts, in the order of their names
 */
public record AuditEntry(
        UUID id,
        @Nullable UUID userId,
        @Nullable UUID actorId,
        String action,
        @Nullable String target,
        String ip,
        String userAgent,
        Map<String, String> details,
        Instant at) {

    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_TEXT = 512;
    private static final int MOST_DETAILS = 32;

    // a stored row from which somebody removed a part must not look like one that has it
    public AuditEntry {
        Objects.requireNonNull(id);
        Objects.requireNonNull(action);
        Objects.requireNonNull(ip);
        Objects.requireNonNull(userAgent);
        Objects.requireNonNull(at);
        details = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(details)));
    }

    /** An entry as it may be stored: short texts without control characters, a moment to the millisecond. */
    public static AuditEntry of(
            UUID id,
            @Nullable UUID userId,
            @Nullable UUID actorId,
            String action,
            @Nullable String target,
            String ip,
            String userAgent,
            Map<String, String> details,
            Instant at) {
        Map<String, String> stored = new TreeMap<>();
        details.forEach((name, value) -> {
            String word = clean(name, LONGEST_WORD).replaceAll("[^A-Za-z0-9_-]", "_");
            if (!word.isEmpty() && stored.size() < MOST_DETAILS) {
                stored.put(word, clean(value, LONGEST_TEXT));
            }
        });
        return new AuditEntry(
                id,
                userId,
                actorId,
                clean(action, LONGEST_WORD),
                target == null ? null : clean(target, LONGEST_TEXT),
                clean(ip, LONGEST_WORD),
                clean(userAgent, LONGEST_TEXT),
                stored,
                at.truncatedTo(ChronoUnit.MILLIS));
    }

    /** As others than administrators see it: where an administrator sat is not the account's business. */
    AuditEntry withoutForeignOrigin() {
        return actorId == null || actorId.equals(userId)
                ? this
                : new AuditEntry(id, userId, actorId, action, target, "", "", details, at);
    }

    private static String clean(@Nullable String text, int longest) {
        if (text == null) {
            return "";
        }
        return text.codePoints()
                .filter(c -> !Character.isISOControl(c) && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE))
                .limit(longest)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
