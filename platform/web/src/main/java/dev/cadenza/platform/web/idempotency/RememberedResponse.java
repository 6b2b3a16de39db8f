package dev.cadenza.platform.web.idempotency;

import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Shows each answer to somebody who remembers it, or that there is none to remember, before the client gets it. */
final class RememberedResponse extends ServerHttpResponseDecorator {

    private final long largest;
    private final Function<Answer, Mono<Void>> remember;
    private final Mono<Void> letGo;
    private boolean answered;

    /**
     * Neither of the two fails.
     *
     * @param letGo for answers that nobody could send again: streams, and what is too large
     */
    RememberedResponse(
            ServerHttpResponse response, long largest, Function<Answer, Mono<Void>> remember, Mono<Void> letGo) {
        super(response);
        this.largest = largest;
        this.remember = remember;
        this.letGo = letGo;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        answered = true;
        long length = getHeaders().getContentLength();
        if (length < 0 || length > largest) {
            return letGo.then(super.writeWith(body));
        }
        return DataBufferUtils.join(Flux.from(body))
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .defaultIfEmpty(new byte[0])
                .flatMap(bytes -> remember.apply(answer(bytes))
                        .then(super.writeWith(
                                Mono.fromSupplier(() -> bufferFactory().wrap(bytes)))));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        answered = true;
        return letGo.then(super.writeAndFlushWith(body));
    }

    @Override
    public Mono<Void> setComplete() {
        return Mono.defer(() -> {
            if (answered || isCommitted()) {
                return super.setComplete();
            }
            answered = true;
            return remember.apply(answer(new byte[0])).then(super.setComplete());
        });
    }

    private Answer answer(byte[] body) {
        HttpStatusCode status = getStatusCode();
        return Answer.of(status == null ? 200 : status.value(), getHeaders(), body);
    }
}
