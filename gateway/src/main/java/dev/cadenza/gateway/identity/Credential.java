package dev.cadenza.gateway.identity;

import dev.cadenza.gateway.route.BrowserLogin;
import dev.cadenza.gateway.route.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What a client shows instead of a token, to be exchanged for one. A Bearer token wins over {@code X-API-Key}, and both
 * win over the session cookie: whoever sends a header on purpose means it.
 */
sealed interface Credential {

    /** Name of the session cookie. */
    String COOKIE = "sessionid";

    /** Header of API keys. */
    String KEY_HEADER = "X-API-Key";

    String BEARER = "Bearer ";
    String KEY_MARK = "cdz_";

    /** The text that only its owner knows. */
    String secret();

    /** An API key. */
    record ApiKey(String secret) implements Credential {

        private static final Pattern FORM = Pattern.compile(KEY_MARK + "[A-Za-z0-9_-]{16,124}");

        /** Whether it looks like one; nobody needs to be asked about anything else. */
        boolean isWellFormed() {
            return FORM.matcher(secret).matches();
        }

        @Override
        public String toString() {
            return "ApiKey[…]";
        }
    }

    /** The cookie of a browser session. */
    record Session(String secret) implements Credential {

        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.~-]{16,256}");

        @Override
        public String toString() {
            return "Session[…]";
        }
    }

    /** What this request shows on this route; empty for a token, or nothing. */
    static Optional<Credential> of(ServerHttpRequest request, Row row) {
        HttpHeaders headers = request.getHeaders();
        String bearer = bearer(headers);
        if (bearer != null) {
            return bearer.startsWith(KEY_MARK) ? Optional.of(new ApiKey(bearer)) : Optional.empty();
        }
        String key = headers.getFirst(KEY_HEADER);
        if (key != null) {
            return Optional.of(new ApiKey(key));
        }
        return row.login() == BrowserLogin.NONE ? Optional.empty() : session(request);
    }

    /** Whether the request carries an API key as its Bearer token. */
    static boolean hasKeyAsBearer(HttpHeaders headers) {
        String bearer = bearer(headers);
        return bearer != null && bearer.startsWith(KEY_MARK);
    }

    /** A digest to remember it by, so that secrets stay out of memory. */
    default String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) (this instanceof ApiKey ? 1 : 2));
            return new String(digest.digest(secret().getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String bearer(HttpHeaders headers) {
        String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length())
                : null;
    }

    /** Two different ones are as good as none: one may have been planted. */
    private static Optional<Credential> session(ServerHttpRequest request) {
        List<HttpCookie> cookies = request.getCookies().get(COOKIE);
        if (cookies == null) {
            return Optional.empty();
        }
        Set<String> values = cookies.stream().map(HttpCookie::getValue).collect(Collectors.toSet());
        String value = values.iterator().next();
        return values.size() == 1 && Session.FORM.matcher(value).matches()
                ? Optional.of(new Session(value))
                : Optional.empty();
    }
}
