package dev.cadenza.gateway.forward;

import dev.cadenza.gateway.forward.ServiceCall.Answer;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Fetchable;
import dev.cadenza.platform.web.media.HandOver;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Bodies that a service leaves to us: fetched from the object store, so that they do not pass through the service as well
 * (docs/decisions/0025-bytes-go-from-the-store-to-the-gateway.md). Only addresses of the one configured store are asked.
 */
public final class StoredBodies {

    private static final Logger LOG = LoggerFactory.getLogger(StoredBodies.class);
    private static final Pattern BYTES = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /** What is read and written at once: a call of the system for each costs more than copying that much. */
    private static final int PIECE = 128 * 1024;

    private final String origin;
    private final HttpClient client;
    private final CircuitBreaker breaker;
    private final Duration patience;

    /**
     * Fetches from one store.
     *
     * @param store its address, as the services know it
     * @param patience longest wait for the head of an answer
     */
    // with Netty 5 pieces have no other limit than what was read
    @SuppressWarnings("deprecation")
    public StoredBodies(URI store, HttpClient client, CircuitBreaker breaker, Duration patience) {
        this.origin = Fetchable.originOf(store);
        this.client = client.httpResponseDecoder(decoder -> decoder.maxChunkSize(PIECE))
                // the default one takes and clears fresh memory for each buffer of this size
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, PIECE / 4, PIECE));
        this.breaker = breaker;
        this.patience = patience;
    }

    /** What services are told. */
    String origin() {
        return origin;
    }

    /** Whether the answer's body lies in the store. */
    static boolean handedOver(Answer answer) {
        return answer.head().responseHeaders().contains(HandOver.LOCATION);
    }

    /** The answer with the body that it names. */
    Mono<Answer> fetch(Answer answer) {
        return answer.connection()
                .inbound()
                .receive()
                .then(Mono.defer(() -> ask(answer.head())))
                .timeout(patience)
                .onErrorMap(this::failure)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(CallNotPermittedException.class, spared -> unavailable());
    }

    private Mono<Answer> ask(HttpClientResponse answer) {
        String location = answer.responseHeaders().get(HandOver.LOCATION);
        Matcher bytes = BYTES.matcher(answer.responseHeaders().get(HandOver.BYTES, ""));
        if (!location.startsWith(origin + "/") || !bytes.matches()) {
            return Mono.error(new IllegalStateException("a service named what is no object of the store"));
        }
        long length = Long.parseLong(bytes.group(2)) - Long.parseLong(bytes.group(1)) + 1;
        return client.headers(headers -> headers.set(HttpHeaderNames.RANGE, "bytes=" + bytes.group()))
                .get()
                .uri(location)
                .responseConnection((object, connection) -> {
                    if (isWhatWasAskedFor(object, length)) {
                        return Mono.just(new Answer(answer, connection, length));
                    }
                    connection.dispose();
                    return Mono.error(
                            object.status().code() == 404
                                    ? Failure.notFound("object.not_found", "It is not there any more.")
                                    : new IOException(object.status() + ", "
                                            + object.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH)
                                            + " bytes instead of " + length));
                })
                .single();
    }

    private static boolean isWhatWasAskedFor(HttpClientResponse object, long length) {
        return object.status().code() == 206
                && Long.toString(length).equals(object.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH));
    }

    private Throwable failure(Throwable error) {
        if (error instanceof IOException || error instanceof TimeoutException) {
            LOG.warn("object store at {}: {}", origin, error.toString());
            return unavailable();
        }
        return error;
    }

    private static FailureException unavailable() {
        return Failure.unavailable("storage.unavailable", "The object store does not answer at the moment.", 5);
    }
}
