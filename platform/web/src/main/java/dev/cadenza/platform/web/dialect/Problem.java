package dev.cadenza.platform.web.dialect;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.util.List;
import java.util.Map;

/**
 * An error answer before a dialect gives it a body.
 *
 * @param status HTTP status as this dialect uses it
 * @param code dotted, as in {@link Failure#code()}
 * @param origin what went wrong, so that a dialect may word a missing row unlike a missing route
 * @param headers response headers that belong to the answer, such as {@code Retry-After}
 */
public record Problem(
        int status,
        String code,
        String message,
        List<Violation> violations,
        Origin origin,
        Map<String, String> headers) {

    /** Who noticed. */
    public enum Origin {
        /** A use case said no. */
        DOMAIN,
        /** The route, the method or the media type does not exist here. */
        ROUTING,
        /** Identity is missing or not enough. */
        SECURITY,
        /** Something broke or does not answer. */
        SYSTEM
    }
}
