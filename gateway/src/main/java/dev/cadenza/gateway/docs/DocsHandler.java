package dev.cadenza.gateway.docs;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** Answers for the document and its pages. */
public final class DocsHandler implements WebHandler {

    /** Where it answers, as patterns of Spring. */
    public static final Set<String> PATTERNS =
            Set.of("/swagger", "/swagger/**", "/redoc", "/redoc/**", "/api/docs", "/api/docs/");

    private static final URI SWAGGER = URI.create("/swagger/index.html");
    private static final URI REDOC = URI.create("/redoc");

    private final Pages pages;
    private final JoinedDocument document;

    /** Shows {@code document} in {@code pages}. */
    public DocsHandler(Pages pages, JoinedDocument document) {
        this.pages = pages;
        this.document = document;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        HttpMethod method = exchange.getRequest().getMethod();
        if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
            return Mono.error(new MethodNotAllowedException(method, Set.of(HttpMethod.GET, HttpMethod.HEAD)));
        }
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        return switch (path) {
            case "/swagger", "/swagger/", "/api/docs", "/api/docs/" -> redirect(exchange, SWAGGER);
            case "/redoc/" -> redirect(exchange, REDOC);
            case "/swagger/doc.json" -> send(exchange, document.current());
            default ->
                pages.at(path)
                        .switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)))
                        .flatMap(content -> send(exchange, content));
        };
    }

    private static Mono<Void> redirect(ServerWebExchange exchange, URI target) {
        exchange.getResponse().setStatusCode(HttpStatus.FOUND);
        exchange.getResponse().getHeaders().setLocation(target);
        return exchange.getResponse().setComplete();
    }

    private static Mono<Void> send(ServerWebExchange exchange, Content content) {
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        boolean packed = takesGzip(exchange.getRequest().getHeaders());
        headers.setCacheControl(content.maxAge() == 0 ? "no-cache" : "public, max-age=" + content.maxAge());
        headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        // two forms of the same are two things to a cache
        if (exchange.checkNotModified('"' + content.etag() + (packed ? "-gzip\"" : "\""))) {
            return response.setComplete();
        }
        byte[] body = packed ? content.packed() : content.plain();
        if (packed) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        headers.set(HttpHeaders.CONTENT_TYPE, content.type());
        headers.setContentLength(body.length);
        if (!content.policy().isEmpty()) {
            headers.set("Content-Security-Policy", content.policy());
        }
        return HttpMethod.HEAD.equals(exchange.getRequest().getMethod())
                ? response.setComplete()
                : response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static boolean takesGzip(HttpHeaders request) {
        for (String line : request.getOrEmpty(HttpHeaders.ACCEPT_ENCODING)) {
            for (String coding : line.toLowerCase(Locale.ROOT).split(",")) {
                String[] parts = coding.strip().split("\\s*;\\s*q\\s*=\\s*", 2);
                if (parts[0].equals("gzip")) {
                    return parts.length == 1 || !parts[1].matches("0(\\.0*)?");
                }
            }
        }
        return false;
    }
}
