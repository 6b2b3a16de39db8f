package dev.cadenza.catalog;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.platform.storage.StoredObject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The object store of the tests, which can be away for some of what is asked of it. */
@Component
@Primary
public final class StoreFaults implements ObjectStore {

    private static final Predicate<String> NEVER = asked -> false;

    private final ObjectStore real;
    private volatile Predicate<String> away = NEVER;
    private volatile boolean done;

    StoreFaults(@Qualifier("objectStore") ObjectStore real) {
        this.real = real;
    }

    /**
     * Runs {@code work} while the store does not answer.
     *
     * @param which told what is asked, such as {@code put catalog/tracks/…}
     */
    public void whileAway(Predicate<String> which, Runnable work) {
        with(which, false, work);
    }

    /** Runs {@code work} while the store does what is asked, and its answer is lost. */
    public void whileSilent(Predicate<String> which, Runnable work) {
        with(which, true, work);
    }

    private void with(Predicate<String> which, boolean nevertheless, Runnable work) {
        done = nevertheless;
        away = which;
        try {
            work.run();
        } finally {
            away = NEVER;
        }
    }

    private <T> Mono<T> mono(String asked, Mono<T> answer) {
        return Mono.defer(() -> {
            if (!away.test(asked)) {
                return answer;
            }
            Mono<T> failed = Mono.error(failure());
            return done ? answer.then(failed) : failed;
        });
    }

    private <T> Flux<T> flux(String asked, Flux<T> answer) {
        return Flux.defer(() -> away.test(asked) ? Flux.error(failure()) : answer);
    }

    private static Throwable failure() {
        return Failure.unavailable("storage.unavailable", "The object store does not answer at the moment.", 5);
    }

    @Override
    public Mono<StoredObject> put(String key, Path file, String contentType, Map<String, String> metadata) {
        return mono("put " + key, real.put(key, file, contentType, metadata));
    }

    @Override
    public Mono<StoredObject> stat(String key) {
        return mono("stat " + key, real.stat(key));
    }

    @Override
    public Mono<Map<String, String>> metadata(String key) {
        return mono("metadata " + key, real.metadata(key));
    }

    @Override
    public Flux<ByteBuffer> read(String key, long offset, long length) {
        return flux("read " + key, real.read(key, offset, length));
    }

    @Override
    public Mono<Void> delete(String key) {
        return mono("delete " + key, real.delete(key));
    }

    @Override
    public Mono<Long> deletePrefix(String prefix, Predicate<String> which) {
        return mono("delete " + prefix, real.deletePrefix(prefix, which));
    }

    @Override
    public Flux<StoredObject> list(String prefix) {
        return flux("list " + prefix, real.list(prefix));
    }

    @Override
    public Mono<Path> download(String key, Path target) {
        return mono("download " + key, real.download(key, target));
    }

    @Override
    public Mono<URI> presign(String key, Duration validFor, @Nullable String disposition) {
        return mono("presign " + key, real.presign(key, validFor, disposition));
    }
}
