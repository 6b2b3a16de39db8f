package dev.cadenza.gateway.forward;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;

import dev.cadenza.gateway.route.Row;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Stands between the gateway and one service: a service that does not answer gives 503 (no connection, connection lost)
 * or 504 (too slow) in the dialect of the path, and after some of those it is spared for a while. Only requests that
 * change nothing and never reached the service are sent again.
 */
public final class ServiceGuard implements GatewayFilter, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceGuard.class);

    private static final int RETRIES = 2;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final CircuitBreaker breaker;
    private final ForwardSettings settings;
    private final ServiceCall service;

    /**
     * One breaker per service, shared by all its routes.
     *
     * @param address of the service, without a path
     * @param stored null: the service sends all bodies itself
     */
    public ServiceGuard(
            CircuitBreaker breaker,
            ForwardSettings settings,
            HttpClient client,
            PassedHeaders headers,
            URI address,
            @Nullable StoredBodies stored) {
        this.breaker = breaker;
        this.settings = settings;
        this.service = new ServiceCall(client, headers, address, stored);
    }

    /** Whether an error means that the service did not answer, rather than that it, or the client, said no. */
    public static boolean isOutage(Throwable error) {
        return error instanceof ResponseStatusException status && status.getStatusCode() == HttpStatus.GATEWAY_TIMEOUT
                || error instanceof FailureException failure && failure.failure() instanceof Failure.Unavailable;
    }

    @Override
    public int getOrder() {
        return 0;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        Row row = Row.of(exchange).orElseThrow();
        DataSize limit = settings.maxBody().of(row.body());
        if (request.getHeaders().getContentLength() > limit.toBytes()) {
            return Mono.error(MeteredBody.tooLarge(limit));
        }
        if (isWebSocket(request)) {
            exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, service.address(request));
            return guarded(chain.filter(exchange));
        }
        Duration timeout = settings.responseTimeout(row);
        Mono<ServiceCall.Answer> call;
        if (ServiceCall.hasBody(request)) {
            MeteredBody body = new MeteredBody(request, limit, settings);
            ServerWebExchange metered = exchange.mutate().request(body).build();
            call = Mono.firstWithSignal(send(metered), tooSlow(body, timeout));
        } else {
            call = send(exchange).timeout(timeout, Mono.error(ServiceGuard::tooSlow));
        }
        return guarded(call)
                .doOnError(ServiceGuard::isClientTooSlow, error -> hangUp(exchange))
                .flatMap(answer -> service.relay(exchange, answer));
    }

    private static boolean isClientTooSlow(Throwable error) {
        return error instanceof ResponseStatusException status && status.getStatusCode() == HttpStatus.REQUEST_TIMEOUT;
    }

    /** After the answer: the rest of the body would keep the connection as slowly (RFC 9110, 15.5.9). */
    private static void hangUp(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
    }

    private Mono<ServiceCall.Answer> send(ServerWebExchange exchange) {
        Mono<ServiceCall.Answer> call = Mono.defer(() -> service.send(exchange));
        return changesNothing(exchange.getRequest().getMethod()) ? again(call, RETRIES, PAUSE) : call;
    }

    /** Nothing is prepared for what nearly never happens. */
    private static <T> Mono<T> again(Mono<T> call, int times, Duration pause) {
        return times == 0
                ? call
                : call.onErrorResume(
                        ConnectException.class,
                        error -> Mono.delay(pause).then(again(call, times - 1, pause.multipliedBy(2))));
    }

    private <T> Mono<T> guarded(Mono<T> call) {
        return call.onErrorMap(this::answer)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(CallNotPermittedException.class, spared -> unavailable());
    }

    private static <T> Mono<T> tooSlow(MeteredBody body, Duration timeout) {
        return body.sent().then(Mono.delay(timeout)).then(Mono.error(ServiceGuard::tooSlow));
    }

    private static ResponseStatusException tooSlow() {
        return new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT);
    }

    private Throwable answer(Throwable error) {
        return switch (error) {
            case FailureException failure -> failure;
            case ResponseStatusException status -> status;
            case MeteredBody.ClientGoneException gone -> gone;
            case IOException io -> unavailable(io);
            case TimeoutException timeout -> unavailable(timeout);
            default -> error;
        };
    }

    private RuntimeException unavailable(Exception cause) {
        LOG.warn("{} does not answer: {}", breaker.getName(), cause.toString());
        return unavailable();
    }

    private FailureException unavailable() {
        return Failure.unavailable("service.unavailable", "The service does not answer. Try again soon.", (int)
                Math.max(1, settings.breaker().openFor().toSeconds()));
    }

    private static boolean changesNothing(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static boolean isWebSocket(ServerHttpRequest request) {
        String upgrade = request.getHeaders().getFirst(HttpHeaders.UPGRADE);
        return upgrade != null && upgrade.toLowerCase(Locale.ROOT).equals("websocket");
    }
}
