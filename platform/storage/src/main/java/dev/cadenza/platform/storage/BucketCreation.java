package dev.cadenza.platform.storage;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.retry.Retry;

/** Creates the bucket in the background, so that a service starts while its store does not answer. */
final class BucketCreation implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BucketCreation.class);

    private final S3ObjectStore store;
    private volatile Disposable work = Disposables.disposed();

    BucketCreation(S3ObjectStore store) {
        this.store = store;
    }

    @Override
    public void start() {
        work = store.ensureBucket()
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500)).maxBackoff(Duration.ofSeconds(10)))
                .subscribe(nothing -> {}, e -> LOG.warn("the bucket was not created: {}", e.toString()));
    }

    @Override
    public void stop() {
        work.dispose();
    }

    @Override
    public boolean isRunning() {
        return !work.isDisposed();
    }
}
