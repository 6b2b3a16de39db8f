package dev.cadenza.auth.api.processing;

import dev.cadenza.auth.session.BrowserSession;
import dev.cadenza.platform.core.Ids;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** The two cookies of a browser, as Django names them. */
@Component
class Cookies {

    private static final String SESSION = "sessionid";
    private static final String CSRF = "csrftoken";
    private static final int CSRF_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Duration ANONYMOUS = Duration.ofDays(14);

    private final boolean secure;
    private final Clock clock;

    Cookies(@Value("${cadenza.public-base-url}") URI publicBaseUrl, Clock clock) {
        this.secure = "https".equals(publicBaseUrl.getScheme());
        this.clock = clock;
    }

    /** What the browser shows for a session; empty where it shows nothing. */
    static String session(ServerWebExchange exchange) {
        return value(exchange, SESSION);
    }

    /** The token of a browser that is not logged in; a new one where it has none. */
    static String csrfToken(ServerWebExchange exchange) {
        String token = value(exchange, CSRF);
        return TOKEN.matcher(token).matches() ? token : Ids.secret(CSRF_BYTES);
    }

    /**
     * Whether a form comes from one of our pages.
     *
     * @param sent what the form repeats
     * @param session the browser's; null for one that is not logged in, whose cookie has to say the same
     */
    static boolean isOurs(ServerWebExchange exchange, @Nullable String sent, @Nullable BrowserSession session) {
        String expected = session == null ? value(exchange, CSRF) : session.csrfToken();
        return sent != null
                && TOKEN.matcher(expected).matches()
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    void set(ServerWebExchange exchange, BrowserSession session) {
        Duration left = Duration.between(clock.instant(), session.expiresAt());
        exchange.getResponse()
                .addCookie(
                        cookie(SESSION, session.cookie(), left).httpOnly(true).build());
        exchange.getResponse().addCookie(cookie(CSRF, session.csrfToken(), left).build());
    }

    void setCsrfToken(ServerWebExchange exchange, String token) {
        exchange.getResponse().addCookie(cookie(CSRF, token, ANONYMOUS).build());
    }

    void clear(ServerWebExchange exchange) {
        exchange.getResponse()
                .addCookie(cookie(SESSION, "", Duration.ZERO).httpOnly(true).build());
        exchange.getResponse().addCookie(cookie(CSRF, "", Duration.ZERO).build());
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String name, String value, Duration maxAge) {
        return ResponseCookie.from(name, value)
                .path("/")
                .sameSite("Lax")
                .secure(secure)
                .maxAge(maxAge);
    }

    private static String value(ServerWebExchange exchange, String name) {
        HttpCookie cookie = exchange.getRequest().getCookies().getFirst(name);
        return cookie == null ? "" : cookie.getValue();
    }
}
