package dev.cadenza.platform.web;

import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * A body that is received to its end also where its reader has had enough of it: a connection that is closed before
 * everything was read takes the answer with it. Its buffers need not be released, since Spring's reader of parts drops
 * those that it holds when a form breaks off.
 */
final class WholeBody extends ServerHttpRequestDecorator {

    private final Sinks.Empty<Void> end = Sinks.empty();
    private volatile boolean begun;

    WholeBody(ServerHttpRequest request) {
        super(request);
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.defer(() -> {
            begun = true;
            return super.getBody()
                    .transform(Operators.<DataBuffer, DataBuffer>lift((source, reader) -> new Receiving(reader)));
        });
    }

    /** When all of it was received, or nothing more comes; reads what nobody has begun to read. */
    Mono<Void> end() {
        return Mono.defer(() -> begun ? end.asMono() : getBody().then().onErrorComplete());
    }

    private final class Receiving implements CoreSubscriber<DataBuffer>, Subscription {

        private final CoreSubscriber<? super DataBuffer> reader;
        private volatile Subscription source = Operators.emptySubscription();
        private volatile boolean left;

        Receiving(CoreSubscriber<? super DataBuffer> reader) {
            this.reader = reader;
        }

        @Override
        public Context currentContext() {
            return reader.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            reader.onSubscribe(this);
        }

        @Override
        public void onNext(DataBuffer buffer) {
            if (left) {
                DataBufferUtils.release(buffer);
                return;
            }
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            DataBufferUtils.release(buffer);
            reader.onNext(DefaultDataBufferFactory.sharedInstance.wrap(bytes));
        }

        @Override
        public void onError(Throwable error) {
            if (!left) {
                reader.onError(error);
            }
            end.tryEmitEmpty();
        }

        @Override
        public void onComplete() {
            if (!left) {
                reader.onComplete();
            }
            end.tryEmitEmpty();
        }

        @Override
        public void request(long n) {
            source.request(n);
        }

        @Override
        public void cancel() {
            left = true;
            source.request(Long.MAX_VALUE);
        }
    }
}
