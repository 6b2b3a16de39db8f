package dev.cadenza.platform.web.security;

import java.util.List;

/**
 * Routes on which a token that is sent is not looked at: those that give tokens out. Many clients send the token that
 * they have with every request, also the expired one with the request for a new one. Such routes are open as well.
 *
 * @param patterns Spring path patterns
 */
public record TokenlessRoutes(List<String> patterns) {

    /** For every method. */
    public static TokenlessRoutes of(String... patterns) {
        return new TokenlessRoutes(List.of(patterns));
    }
}
