package dev.cadenza.gateway.route;

import dev.cadenza.platform.web.dialect.Dialects;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * One row of the route table.
 *
 * @param methods of requests; GET includes HEAD, and OPTIONS is everywhere
 * @param pattern literal segments, {@code {name}} for one segment of any kind, {@code **} at the end for all below
 * @param bothSlashes whether the path is the same with and without a slash at its end
 * @param service key in {@code cadenza.services}
 * @param keepsCookies whether the service sees the session cookie itself
 * @param responseTimeout null for the ordinary one
 */
public record Row(
        Set<HttpMethod> methods,
        String pattern,
        boolean bothSlashes,
        String service,
        Access access,
        BrowserLogin login,
        boolean keepsCookies,
        Limit limit,
        Body body,
        @Nullable Duration responseTimeout) {

    static final String ATTRIBUTE = Row.class.getName();

    /** The row of this request; empty where the path is the gateway's own or nobody's. */
    public static Optional<Row> of(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }

    static Row of(String methods, String pattern, String service, Access access) {
        Set<HttpMethod> allowed =
                Arrays.stream(methods.split(" ")).map(HttpMethod::valueOf).collect(Collectors.toSet());
        if (allowed.contains(HttpMethod.GET)) {
            allowed.add(HttpMethod.HEAD);
        }
        allowed.add(HttpMethod.OPTIONS);
        return new Row(
                Set.copyOf(allowed),
                pattern,
                false,
                service,
                access,
                BrowserLogin.NONE,
                false,
                Limit.NONE,
                Body.PLAIN,
                null);
    }

    /** Name of the dialect that the path belongs to. */
    public String dialect() {
        return Dialects.of(pattern).name();
    }

    Row withBothSlashes() {
        return new Row(methods, pattern, true, service, access, login, keepsCookies, limit, body, responseTimeout);
    }

    Row login(BrowserLogin proof) {
        return new Row(
                methods, pattern, bothSlashes, service, access, proof, keepsCookies, limit, body, responseTimeout);
    }

    Row keepingCookies() {
        return new Row(methods, pattern, bothSlashes, service, access, login, true, limit, body, responseTimeout);
    }

    Row limit(Limit special) {
        return new Row(
                methods, pattern, bothSlashes, service, access, login, keepsCookies, special, body, responseTimeout);
    }

    Row body(Body size) {
        return new Row(
                methods, pattern, bothSlashes, service, access, login, keepsCookies, limit, size, responseTimeout);
    }

    Row within(Duration timeout) {
        return new Row(methods, pattern, bothSlashes, service, access, login, keepsCookies, limit, body, timeout);
    }
}
