package dev.cadenza.auth.keycloak;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * How long one request waits for Keycloak: all its calls together, from the first one on. Work that carries none in its
 * context waits for each call as long as that may take.
 */
public final class Patience {

    private static final long UNBEGUN = Long.MIN_VALUE;

    private final Duration total;
    private final AtomicLong begun = new AtomicLong(UNBEGUN);

    private Patience(Duration total) {
        this.total = total;
    }

    /** The work, with so much patience for Keycloak. */
    public static <T> Mono<T> with(Duration total, Mono<T> work) {
        return work.contextWrite(context -> context.put(Patience.class, new Patience(total)));
    }

    /** What is left: nothing where it is not positive; null where nobody waits. */
    static @Nullable Duration left(ContextView context) {
        return context.hasKey(Patience.class)
                ? context.<Patience>get(Patience.class).left()
                : null;
    }

    private Duration left() {
        long now = Schedulers.parallel().now(TimeUnit.NANOSECONDS);
        return begun.compareAndSet(UNBEGUN, now) ? total : total.minusNanos(now - begun.get());
    }
}
