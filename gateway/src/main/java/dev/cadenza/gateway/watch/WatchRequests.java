package dev.cadenza.gateway.watch;

import dev.cadenza.gateway.route.Row;
import dev.cadenza.platform.core.identity.ClientOrigin;
import dev.cadenza.platform.web.ClientOrigins;
import dev.cadenza.platform.web.RequestIds;
import dev.cadenza.platform.web.dialect.DialectErrors;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Sees each request of the public port from its beginning to the last byte of its answer, whoever gives it: errors are
 * answered here, inside, so that they are seen like everything else. Behind request ids and client addresses, before
 * everything that decides anything.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
public final class WatchRequests implements WebFilter {

    private static final int LONGEST_METHOD = 16;
    private static final int CLIENT_GONE = 499;

    private final ManagementPort management;
    private final ClientOrigins origins;
    private final DialectErrors errors;
    private final List<Watcher> watchers;
    private final Clock clock;
    private final AtomicInteger active = new AtomicInteger();

    /** Tells {@code watchers} of everything but what comes in on the {@code management} port. */
    public WatchRequests(
            ManagementPort management,
            ClientOrigins origins,
            DialectErrors errors,
            List<Watcher> watchers,
            Clock clock) {
        this.management = management;
        this.origins = origins;
        this.errors = errors;
        this.watchers = List.copyOf(watchers);
        this.clock = clock;
    }

    /** Requests that are not answered yet. */
    public int active() {
        return active.get();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (management.serves(exchange)) {
            return chain.filter(exchange);
        }
        return Mono.defer(() -> {
            long start = System.nanoTime();
            active.incrementAndGet();
            CountedRequest request = new CountedRequest(exchange.getRequest());
            CountedResponse response = new CountedResponse(exchange.getResponse());
            ServerWebExchange watched =
                    exchange.mutate().request(request).response(response).build();
            // what a filter throws is an answer too
            return Mono.defer(() -> chain.filter(watched))
                    .onErrorResume(error -> errors.handle(watched, error))
                    .doFinally(end -> {
                        long nanos = System.nanoTime() - start;
                        Visit visit = visit(watched, request.bytes.get(), response.bytes.get(), nanos, end);
                        watchers.forEach(watcher -> watcher.saw(visit));
                        active.decrementAndGet();
                    });
        });
    }

    private Visit visit(ServerWebExchange exchange, long bytesIn, long bytesOut, long nanos, SignalType end) {
        ServerHttpRequest request = exchange.getRequest();
        Row row = Row.of(exchange).orElse(null);
        ClientOrigin origin = origins.of(exchange);
        String method = request.getMethod().name();
        return new Visit(
                clock.instant().minusNanos(nanos).truncatedTo(ChronoUnit.MILLIS),
                RequestIds.of(exchange),
                method.length() <= LONGEST_METHOD ? method : method.substring(0, LONGEST_METHOD),
                ShownPath.of(request.getPath().value(), row),
                row == null ? null : row.pattern(),
                row == null ? null : row.service(),
                status(exchange, end),
                bytesIn,
                bytesOut,
                nanos,
                origin.ip(),
                origin.userAgent(),
                Visitor.of(exchange),
                end == SignalType.ON_COMPLETE);
    }

    private static int status(ServerWebExchange exchange, SignalType end) {
        ServerHttpResponse response = exchange.getResponse();
        if (end == SignalType.CANCEL && !response.isCommitted()) {
            return CLIENT_GONE;
        }
        HttpStatusCode status = response.getStatusCode();
        if (status == null || status.value() == 200 && isUpgrade(exchange.getRequest())) {
            return isUpgrade(exchange.getRequest()) ? 101 : 200;
        }
        return status.value();
    }

    private static boolean isUpgrade(ServerHttpRequest request) {
        return request.getHeaders().containsHeader(HttpHeaders.UPGRADE);
    }

    private static final class CountedRequest extends ServerHttpRequestDecorator {

        private final AtomicLong bytes = new AtomicLong();

        CountedRequest(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return super.getBody().doOnNext(buffer -> bytes.addAndGet(buffer.readableByteCount()));
        }
    }

    private static final class CountedResponse extends ServerHttpResponseDecorator {

        private final AtomicLong bytes = new AtomicLong();

        CountedResponse(ServerHttpResponse response) {
            super(response);
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            return super.writeWith(counted(body));
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return super.writeAndFlushWith(Flux.from(body).map(this::counted));
        }

        /** A single buffer stays one: it is written in one go. */
        private Publisher<? extends DataBuffer> counted(Publisher<? extends DataBuffer> body) {
            return body instanceof Mono<? extends DataBuffer> one
                    ? one.doOnNext(buffer -> bytes.addAndGet(buffer.readableByteCount()))
                    : Flux.from(body).doOnNext(buffer -> bytes.addAndGet(buffer.readableByteCount()));
        }
    }
}
