package dev.cadenza.platform.web.dialect;

import dev.cadenza.platform.web.RequestIds;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one place where errors become answers: thrown failures, unknown routes, unreadable bodies and security all end
 * here, and the path alone decides the dialect. Stands before Spring Boot's own handler (order -1).
 */
@Order(-2)
public final class DialectErrors implements WebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DialectErrors.class);

    private final JsonMapper json;
    private final Clock clock;

    /** Bodies are written with {@code json}. */
    public DialectErrors(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(error);
        }
        String path = exchange.getRequest().getPath().value();
        Dialect dialect = Dialects.of(path);
        Problem problem = Problems.of(error, dialect);
        log(exchange, problem, error);
        byte[] body = json.writeValueAsBytes(
                dialect.body(problem, new Dialect.ErrorContext(path, RequestIds.of(exchange), clock.instant())));
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        problem.headers().forEach(response.getHeaders()::set);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(body.length);
        response.getHeaders().setCacheControl("no-store");
        if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
            return response.setComplete();
        }
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static void log(ServerWebExchange exchange, Problem problem, Throwable error) {
        HttpMethod method = exchange.getRequest().getMethod();
        String path = exchange.getRequest().getPath().value();
        // this handler stands outside of the filters, so their Reactor context has ended
        MDC.put(RequestIds.REQUEST_ID, RequestIds.of(exchange));
        try {
            if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
                LOG.debug("{} {} has nobody left to answer: {}", method, path, error.toString());
            } else if (problem.status() == 500) {
                LOG.error("{} {} answers {}", method, path, problem.status(), error);
            } else if (problem.status() > 500) {
                LOG.warn("{} {} answers {}: {}", method, path, problem.status(), error.toString());
            } else {
                LOG.debug("{} {} answers {}: {}", method, path, problem.status(), error.toString());
            }
        } finally {
            MDC.remove(RequestIds.REQUEST_ID);
        }
    }
}
