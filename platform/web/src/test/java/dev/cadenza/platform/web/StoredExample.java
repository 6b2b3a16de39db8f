package dev.cadenza.platform.web;

import dev.cadenza.platform.core.Fetchable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** A large object of a store, in pieces of a megabyte that are made when they are asked for. */
final class StoredExample extends Flux<ByteBuffer> implements Fetchable {

    static final int PIECE = 1_000_000;
    static final long SIZE = 200L * PIECE;
    static final String ORIGIN = "http://store.example:9000";

    /** Bytes that were made for anybody. */
    static final AtomicLong MADE = new AtomicLong();

    private final long offset;
    private final long length;

    StoredExample(long offset, long length) {
        this.offset = offset;
        this.length = length;
    }

    @Override
    public String origin() {
        return ORIGIN;
    }

    @Override
    public URI address() {
        return URI.create(ORIGIN + "/bucket/key?signed=yes");
    }

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuffer> actual) {
        Flux.<ByteBuffer, Long>generate(() -> 0L, (done, sink) -> {
                    int size = (int) Math.min(PIECE, length - done);
                    byte[] piece = new byte[size];
                    for (int i = 0; i < size; i++) {
                        piece[i] = value(offset + done + i);
                    }
                    MADE.addAndGet(size);
                    sink.next(ByteBuffer.wrap(piece));
                    if (done + size == length) {
                        sink.complete();
                    }
                    return done + size;
                })
                .subscribe(actual);
    }

    static byte value(long position) {
        return (byte) (position % 251);
    }
}
