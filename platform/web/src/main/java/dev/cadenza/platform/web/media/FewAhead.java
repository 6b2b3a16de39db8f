package dev.cadenza.platform.web.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Writes a long body with few pieces in memory: another one is asked for when one has left for the client. The server asks
 * for 128 pieces ahead, which are megabytes for everybody who reads slowly, or has paused.
 */
public final class FewAhead {

    /** One is on its way while the other is fetched. */
    private static final int PIECES = 2;

    private FewAhead() {}

    /** Writes {@code body}, whose buffers become the server's. */
    public static Mono<Void> write(ServerHttpResponse response, Flux<? extends DataBuffer> body) {
        NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
        return response.writeWith(new Limited(body.map(NettyDataBufferFactory::toByteBuf), buffers));
    }

    private static final class Limited extends Flux<DataBuffer> {

        private final Flux<ByteBuf> source;
        private final NettyDataBufferFactory buffers;

        Limited(Flux<ByteBuf> source, NettyDataBufferFactory buffers) {
            this.source = source;
            this.buffers = buffers;
        }

        @Override
        public void subscribe(CoreSubscriber<? super DataBuffer> writer) {
            source.subscribe(new Pieces(writer, buffers));
        }
    }

    private static final class Pieces implements CoreSubscriber<ByteBuf>, Subscription {

        private final CoreSubscriber<? super DataBuffer> writer;
        private final NettyDataBufferFactory buffers;
        private @Nullable Subscription source;
        private long wanted;
        private int underWay;

        Pieces(CoreSubscriber<? super DataBuffer> writer, NettyDataBufferFactory buffers) {
            this.writer = writer;
            this.buffers = buffers;
        }

        @Override
        public Context currentContext() {
            return writer.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            writer.onSubscribe(this);
        }

        @Override
        public void onNext(ByteBuf piece) {
            writer.onNext(buffers.wrap(new Leaving(buffers.getByteBufAllocator(), direct(piece), this::left)));
        }

        /** The server would do the same, and let go of the piece before it has left. */
        private ByteBuf direct(ByteBuf piece) {
            if (piece.isDirect()) {
                return piece;
            }
            try {
                return buffers.getByteBufAllocator()
                        .directBuffer(piece.readableBytes())
                        .writeBytes(piece);
            } finally {
                piece.release();
            }
        }

        @Override
        public void onError(Throwable error) {
            writer.onError(error);
        }

        @Override
        public void onComplete() {
            writer.onComplete();
        }

        @Override
        public void request(long n) {
            synchronized (this) {
                wanted = Operators.addCap(wanted, n);
            }
            ask();
        }

        @Override
        public void cancel() {
            Subscription from = source;
            if (from != null) {
                from.cancel();
            }
        }

        private void left() {
            synchronized (this) {
                underWay--;
            }
            ask();
        }

        private void ask() {
            long now;
            synchronized (this) {
                now = Math.min(wanted, PIECES - underWay);
                wanted -= now;
                underWay += (int) now;
            }
            Subscription from = source;
            if (from != null && now > 0) {
                from.request(now);
            }
        }
    }

    /** Says when its memory is free again: written, or thrown away. */
    private static final class Leaving extends CompositeByteBuf {

        private final Runnable left;

        Leaving(ByteBufAllocator allocator, ByteBuf piece, Runnable left) {
            super(allocator, piece.isDirect(), 1);
            this.left = left;
            addComponent(true, piece);
        }

        @Override
        protected void deallocate() {
            super.deallocate();
            left.run();
        }
    }
}
