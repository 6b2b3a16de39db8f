package dev.cadenza.gateway.edge;

import dev.cadenza.platform.core.Failure;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses paths that a service could read differently than the route table did: dot segments, empty segments, path
 * parameters, encoded separators and control characters, doubly encoded ones too. No published path needs any of them.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public final class CleanPaths implements WebFilter {

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private static final Pattern AMBIGUOUS = Pattern.compile(
            "//|[;\\\\]|(?:^|/)\\.{1,2}(?:/|$)|%(?:25)*(?:2e|2f|5c|3b|[01][0-9a-f]|7f)", Pattern.CASE_INSENSITIVE);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpMethod method = exchange.getRequest().getMethod();
        if (!METHODS.contains(method)) {
            return Mono.error(new MethodNotAllowedException(method, METHODS));
        }
        if (isAmbiguous(exchange.getRequest().getURI().getRawPath())) {
            return Mono.error(Failure.unreadable("request.path", "The path could not be read."));
        }
        return chain.filter(exchange);
    }

    /** Nearly no path has any of what the pattern needs: a look at each character costs less than trying it. */
    private static boolean isSuspicious(String rawPath) {
        boolean afterSlash = false;
        for (int i = 0; i < rawPath.length(); i++) {
            char c = rawPath.charAt(i);
            if (c == '%' || c == ';' || c == '\\' || afterSlash && (c == '/' || c == '.')) {
                return true;
            }
            afterSlash = c == '/';
        }
        return rawPath.startsWith(".");
    }

    static boolean isAmbiguous(String rawPath) {
        return isSuspicious(rawPath) && AMBIGUOUS.matcher(rawPath).find();
    }
}
