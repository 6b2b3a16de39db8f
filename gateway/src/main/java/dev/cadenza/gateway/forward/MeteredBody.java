package dev.cadenza.gateway.forward;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A request whose body is counted and timed while it streams through, and never kept. */
final class MeteredBody extends ServerHttpRequestDecorator {

    private final Sinks.Empty<Void> sent = Sinks.empty();
    private final DataSize limit;
    private final Duration longestPause;
    private final Pace pace;

    MeteredBody(ServerHttpRequest request, DataSize limit, ForwardSettings settings) {
        super(request);
        this.limit = limit;
        this.longestPause = settings.bodyIdleTimeout();
        this.pace = new Pace(settings.leastRate().toBytes(), settings.mostBehind(), System::nanoTime);
    }

    /** Completes when the whole body has been passed on. */
    Mono<Void> sent() {
        return sent.asMono();
    }

    static FailureException tooLarge(DataSize limit) {
        return new Failure.TooLarge(
                        "request.too_large",
                        "The request is larger than " + limit.toMegabytes() + " MB.",
                        limit.toBytes())
                .asException();
    }

    @Override
    public Flux<DataBuffer> getBody() {
        AtomicLong seen = new AtomicLong();
        return super.getBody()
                .timeout(longestPause)
                .onErrorMap(MeteredBody::cause)
                .doOnRequest(pace::ask)
                .map(buffer -> {
                    if (!pace.take(buffer.readableByteCount())) {
                        DataBufferUtils.release(buffer);
                        throw new ResponseStatusException(HttpStatus.REQUEST_TIMEOUT);
                    }
                    if (seen.addAndGet(buffer.readableByteCount()) > limit.toBytes()) {
                        DataBufferUtils.release(buffer);
                        throw tooLarge(limit);
                    }
                    return buffer;
                })
                .doOnComplete(sent::tryEmitEmpty);
    }

    private static Throwable cause(Throwable error) {
        return switch (error) {
            case TimeoutException timeout -> new ResponseStatusException(HttpStatus.REQUEST_TIMEOUT);
            case IOException io -> new ClientGoneException(io);
            default -> error;
        };
    }

    /** The client went away while it was sending; no service is to blame. */
    static final class ClientGoneException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ClientGoneException(IOException cause) {
            super("the client closed the connection", cause, false, false);
        }
    }
}
