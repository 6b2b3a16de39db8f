package dev.cadenza.auth.api.audionova;

import dev.cadenza.auth.login.Tokens;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** The refresh token's cookie: sent to these endpoints alone, out of reach of scripts and of other sites' forms. */
@Component
class RefreshCookie {

    private static final String NAME = "refresh_token";

    private final Clock clock;
    private final boolean secure;

    RefreshCookie(Clock clock, @Value("${cadenza.public-base-url}") URI publicBaseUrl) {
        this.clock = clock;
        this.secure = "https".equals(publicBaseUrl.getScheme());
    }

    /** What the browser sent; null where it has none. */
    @Nullable
    String of(ServerWebExchange exchange) {
        HttpCookie cookie = exchange.getRequest().getCookies().getFirst(NAME);
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    void give(ServerWebExchange exchange, Tokens tokens) {
        Duration left = Duration.between(clock.instant(), tokens.refreshExpiresAt());
        exchange.getResponse().addCookie(cookie(tokens.refreshToken(), left));
    }

    void clear(ServerWebExchange exchange) {
        exchange.getResponse().addCookie(cookie("", Duration.ZERO));
    }

    private ResponseCookie cookie(String value, Duration lifetime) {
        return ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .path("/api/auth/")
                .maxAge(lifetime)
                .build();
    }
}
