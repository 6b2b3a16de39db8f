package dev.cadenza.platform.storage;

import dev.cadenza.platform.core.Fetchable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** Bytes of an object: read through us, or fetched from where they lie. */
final class ObjectBytes extends Flux<ByteBuffer> implements Fetchable {

    private final Flux<ByteBuffer> content;
    private final String origin;
    private final Supplier<URI> address;

    ObjectBytes(Flux<ByteBuffer> content, String origin, Supplier<URI> address) {
        this.content = content;
        this.origin = origin;
        this.address = address;
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public URI address() {
        return address.get();
    }

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuffer> actual) {
        content.subscribe(actual);
    }
}
