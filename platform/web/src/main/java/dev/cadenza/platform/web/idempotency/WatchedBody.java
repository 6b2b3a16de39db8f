package dev.cadenza.platform.web.idempotency;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A request whose fingerprint is known once its body was read. Its reader hears of the end of the body only after that
 * was seen to, so that nothing comes of a request before it is known what it asks for.
 */
final class WatchedBody extends ServerHttpRequestDecorator {

    private volatile Function<byte[], Mono<Void>> atEnd = fingerprint -> Mono.empty();
    private volatile boolean begun;
    private volatile byte @Nullable [] fingerprint;

    WatchedBody(ServerHttpRequest request) {
        super(request);
    }

    /** What to do with the fingerprint before the end of the body is told. */
    void atEnd(Function<byte[], Mono<Void>> then) {
        atEnd = then;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.defer(() -> {
            begun = true;
            Fingerprint making = new Fingerprint(getDelegate());
            return super.getBody()
                    .concatMap(
                            buffer -> {
                                read(buffer, making);
                                return making.isEnded()
                                        ? end(making)
                                                .thenReturn(buffer)
                                                .doOnError(error -> DataBufferUtils.release(buffer))
                                        : Mono.just(buffer);
                            },
                            1)
                    .concatWith(Mono.defer(() -> end(making).then(Mono.empty())))
                    .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
        });
    }

    private Mono<Void> end(Fingerprint making) {
        return Mono.defer(() -> {
            if (fingerprint != null) {
                return Mono.empty();
            }
            byte[] made = making.finish();
            fingerprint = made;
            return atEnd.apply(made);
        });
    }

    /** Reads to the end what nobody has begun to read; the fingerprint, empty where the body was left half read. */
    Mono<byte[]> finish() {
        return Mono.defer(() -> begun
                        ? Mono.empty()
                        : getBody().doOnNext(DataBufferUtils::release).then())
                .then(fingerprint());
    }

    /** Empty where the body was not read to its end. */
    Mono<byte[]> fingerprint() {
        return Mono.defer(() -> Mono.justOrEmpty(fingerprint));
    }

    private static void read(DataBuffer buffer, Fingerprint into) {
        try (DataBuffer.ByteBufferIterator parts = buffer.readableByteBuffers()) {
            while (parts.hasNext()) {
                ByteBuffer part = parts.next();
                into.update(part);
            }
        }
    }
}
