package dev.cadenza.platform.web;

import dev.cadenza.platform.core.Ids;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives every request an id and a W3C trace context: taken over where the caller sent well-formed ones, made
 * otherwise; repeated in the answer, put into the Reactor context (and so into logs and events).
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestIds implements WebFilter {

    /** Header of the request id. */
    public static final String HEADER = "X-Request-Id";

    /** Key in the Reactor context and in the logs. */
    public static final String REQUEST_ID = "requestId";

    /** Key in the Reactor context, and the header's name. */
    public static final String TRACEPARENT = "traceparent";

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final Pattern TRACE = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /** The id of this request; set before any handler runs. */
    public static String of(ServerWebExchange exchange) {
        String id = exchange.getAttribute(REQUEST_ID);
        return id == null ? Ids.publicId("req") : id;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        String id = accepted(headers.getFirst(HEADER), WELL_FORMED);
        String requestId = id == null ? newId() : id;
        String parent = accepted(headers.getFirst(TRACEPARENT), TRACE);
        String trace = parent == null ? newTrace() : parent;
        exchange.getAttributes().put(REQUEST_ID, requestId);
        exchange.getAttributes().put(TRACEPARENT, trace);
        exchange.getResponse().getHeaders().set(HEADER, requestId);
        return chain.filter(exchange)
                .contextWrite(context -> context.put(REQUEST_ID, requestId).put(TRACEPARENT, trace));
    }

    private static @Nullable String accepted(@Nullable String value, Pattern pattern) {
        return value != null && pattern.matcher(value).matches() ? value : null;
    }

    /** No secret: nothing is found by it but lines of logs. */
    private static String newId() {
        return "req_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static String newTrace() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "00-" + hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)) + hex.toHexDigits(random.nextLong()) + "-"
                + hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)) + "-01";
    }
}
