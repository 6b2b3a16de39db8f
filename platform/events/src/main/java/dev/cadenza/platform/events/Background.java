package dev.cadenza.platform.events;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** What must succeed once, however long that takes: the start of the service does not wait for it. */
final class Background {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private Background() {}

    static Mono<Void> keepTrying(String what, Mono<Void> task) {
        return task.doOnError(error -> LOG.warn("{}: {}; will be tried again", what, error.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500)).maxBackoff(Duration.ofSeconds(10)));
    }
}
