package dev.cadenza.platform.web.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * Routes of a service that need no identity; a token that is sent nevertheless must be valid. Beans of this type are
 * joined; everything else demands a token.
 *
 * @param method null for every method
 * @param patterns Spring path patterns, such as {@code /api/v1/tracks/{id}}
 */
public record OpenRoutes(@Nullable HttpMethod method, List<String> patterns) {

    /** Open for one method; GET includes HEAD. */
    public static OpenRoutes of(HttpMethod method, String... patterns) {
        return new OpenRoutes(method, List.of(patterns));
    }

    /** Open for every method. */
    public static OpenRoutes all(String... patterns) {
        return new OpenRoutes(null, List.of(patterns));
    }
}
