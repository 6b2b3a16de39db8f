package dev.cadenza.gateway.identity;

import dev.cadenza.gateway.route.Row;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a service hears of who asks: one token. Keys and session cookies stay here, but for the pages that keep the
 * sessions.
 */
public final class CarriedIdentity {

    private final @Nullable Identity identity;
    private final boolean keepsCookies;

    private CarriedIdentity(@Nullable Identity identity, boolean keepsCookies) {
        this.identity = identity;
        this.keepsCookies = keepsCookies;
    }

    /** Of this request. */
    public static CarriedIdentity of(ServerWebExchange exchange) {
        return new CarriedIdentity(
                Identity.of(exchange).orElse(null),
                Row.of(exchange).map(Row::keepsCookies).orElse(false));
    }

    /**
     * Whether a header of the client says who asks, and is not passed on as it is.
     *
     * @param name in lower case
     */
    public boolean replaces(String name) {
        return switch (name) {
            case "x-api-key" -> true;
            case "authorization" -> identity != null;
            case "cookie" -> !keepsCookies;
            default -> false;
        };
    }

    /** Says who asks. */
    public void write(HttpHeaders client, BiConsumer<String, String> headers) {
        if (identity != null) {
            headers.accept(HttpHeaders.AUTHORIZATION, Credential.BEARER + identity.token());
        }
        List<String> cookies = keepsCookies ? List.of() : client.getOrEmpty(HttpHeaders.COOKIE);
        String others = cookies.isEmpty() ? "" : withoutSession(String.join(";", cookies));
        if (!others.isEmpty()) {
            headers.accept(HttpHeaders.COOKIE, others);
        }
    }

    private static String withoutSession(String cookies) {
        return Arrays.stream(cookies.split(";"))
                .map(String::strip)
                .filter(cookie ->
                        !cookie.isEmpty() && !cookie.split("=", 2)[0].strip().equals(Credential.COOKIE))
                .collect(Collectors.joining("; "));
    }
}
