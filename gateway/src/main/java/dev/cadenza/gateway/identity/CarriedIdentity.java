package dev.cadenza.gateway.identity;

import dev.cadenza.gateway.route.Row;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a service hears of who asks: one token. Keys and session cookies stay here, but for the pages that keep the
 * sessions.
 */
public final class CarriedIdentity implements HttpHeadersFilter {

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(input);
        headers.remove(Credential.KEY_HEADER);
        String cookies = headers.getFirst(HttpHeaders.COOKIE);
        if (cookies != null && !Row.of(exchange).map(Row::keepsCookies).orElse(false)) {
            String others = withoutSession(String.join(";", headers.getOrEmpty(HttpHeaders.COOKIE)));
            if (others.isEmpty()) {
                headers.remove(HttpHeaders.COOKIE);
            } else {
                headers.set(HttpHeaders.COOKIE, others);
            }
        }
        Identity.of(exchange).ifPresent(identity -> headers.setBearerAuth(identity.token()));
        return headers;
    }

    private static String withoutSession(String cookies) {
        return Arrays.stream(cookies.split(";"))
                .map(String::strip)
                .filter(cookie ->
                        !cookie.isEmpty() && !cookie.split("=", 2)[0].strip().equals(Credential.COOKIE))
                .collect(Collectors.joining("; "));
    }
}
