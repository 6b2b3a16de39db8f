package dev.cadenza.platform.events;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Wakes a loop that waits. A ring between {@link #arm} and {@link #await} is not lost. */
public final class Bell {

    private volatile Sinks.Empty<Void> current = Sinks.empty();

    /** Call before looking for work. */
    public void arm() {
        current = Sinks.empty();
    }

    /** Says that there is work. */
    public void ring() {
        // an error means that somebody else rings at this moment
        Sinks.EmitResult unused = current.tryEmitEmpty();
    }

    /** Completes at the first ring since {@link #arm}, at the latest after {@code longest}. */
    public Mono<Void> await(Duration longest) {
        return Mono.defer(() -> current.asMono()).timeout(longest, Mono.empty());
    }
}
