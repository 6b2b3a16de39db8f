package dev.cadenza.platform.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import reactor.core.publisher.Mono;

/** The store for code that owns its thread, such as an engine in a worker. An interrupt ends the call. */
public final class BlockingObjectStore {

    private final ObjectStore store;

    public BlockingObjectStore(ObjectStore store) {
        this.store = store;
    }

    /** See {@link ObjectStore#put(String, Path, String)}. */
    public StoredObject put(String key, Path file, String contentType) throws IOException {
        return await(store.put(key, file, contentType)).orElseThrow();
    }

    /** See {@link ObjectStore#stat(String)}. */
    public Optional<StoredObject> stat(String key) throws IOException {
        return await(store.stat(key));
    }

    /** See {@link ObjectStore#download(String, Path)}. */
    public Path download(String key, Path target) throws IOException {
        return await(store.download(key, target)).orElseThrow();
    }

    private static <T> Optional<T> await(Mono<T> call) throws IOException {
        CompletableFuture<T> result = call.toFuture();
        try {
            return Optional.ofNullable(result.get());
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the object store");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IOException(cause);
        }
    }
}
