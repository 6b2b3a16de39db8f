package dev.cadenza.platform.core;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request cannot be served. The kind decides the HTTP status, the stable {@code code} (such as
 * {@code track.not_found}) is what clients may branch on, and the dialect decides the body.
 */
public sealed interface Failure {

    /** Stable, dotted, lower case: {@code <thing>.<reason>}. */
    String code();

    /** One English sentence for a person; never carries a cause, a path or a class name. */
    String message();

    /** The thing is absent, or belongs to somebody else and is private (RULES 7). */
    record NotFound(String code, String message) implements Failure {}

    /** The state of the thing forbids the change (a duplicate, a stale version, a wrong moment). */
    record Conflict(String code, String message) implements Failure {}

    /** The caller may see the thing but not do this to it. */
    record Forbidden(String code, String message) implements Failure {}

    /** No or no valid identity. */
    record Unauthenticated(String code, String message) implements Failure {}

    /**
     * Input that can never succeed.
     *
     * @param violations one per field; empty where the input as a whole is at fault
     */
    record Invalid(String code, String message, List<Violation> violations) implements Failure {}

    /** The request cannot be read at all: malformed JSON, a parameter of the wrong type, a missing part. */
    record Unreadable(String code, String message) implements Failure {}

    /** The content is of a kind that is not accepted here, judged by content and not by name. */
    record UnsupportedMedia(String code, String message) implements Failure {}

    /** The content is larger than allowed. */
    record TooLarge(String code, String message, long limitBytes) implements Failure {}

    /** A rate or quota is used up. */
    record TooMany(String code, String message, int retryAfterSeconds) implements Failure {}

    /** Something that is needed does not answer; worth trying again. */
    record Unavailable(String code, String message, int retryAfterSeconds) implements Failure {}

    /**
     * One wrong field.
     *
     * @param field name as the dialect's client sent it
     * @param message sentence about the field
     * @param value what was sent, as text; null where it must not be repeated (passwords) or was absent
     * @param constraint what would be right, such as {@code 40-240}; null where the message says all
     */
    record Violation(
            String field,
            String message,
            @Nullable Object value,
            @Nullable String constraint) {
        /** A violation without value and constraint. */
        public static Violation of(String field, String message) {
            return new Violation(field, message, null, null);
        }
    }

    /** Absent or private. */
    static FailureException notFound(String code, String message) {
        return new NotFound(code, message).asException();
    }

    /** State forbids it. */
    static FailureException conflict(String code, String message) {
        return new Conflict(code, message).asException();
    }

    /** Visible, but not the caller's to change. */
    static FailureException forbidden(String code, String message) {
        return new Forbidden(code, message).asException();
    }

    /** Input as a whole is wrong. */
    static FailureException invalid(String code, String message) {
        return new Invalid(code, message, List.of()).asException();
    }

    /** One wrong field. */
    static FailureException invalidField(String field, String message) {
        return invalid(List.of(Violation.of(field, message)));
    }

    /** Several wrong fields; never empty. */
    static FailureException invalid(List<Violation> violations) {
        return new Invalid("validation.failed", violations.getFirst().message(), List.copyOf(violations)).asException();
    }

    /** Cannot be read. */
    static FailureException unreadable(String code, String message) {
        return new Unreadable(code, message).asException();
    }

    /** Temporarily impossible. */
    static FailureException unavailable(String code, String message, int retryAfterSeconds) {
        return new Unavailable(code, message, retryAfterSeconds).asException();
    }

    /** This failure as a throwable, for reactive pipelines. */
    default FailureException asException() {
        return new FailureException(this);
    }

    /** The violations as {@code field -> messages}, in the order of appearance. */
    static Map<String, List<String>> byField(List<Violation> violations) {
        var map = new java.util.LinkedHashMap<String, List<String>>();
        for (Violation violation : violations) {
            map.computeIfAbsent(violation.field(), key -> new java.util.ArrayList<>())
                    .add(violation.message());
        }
        return map;
    }
}
