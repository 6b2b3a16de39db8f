package dev.cadenza.gateway.watch.messaging;

import dev.cadenza.gateway.limit.Network;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** So many reports a minute, and so many for each address; bounded in memory by the first of the two. */
final class Budget {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final int ofAddress;
    private final int ofAll;
    private final Clock clock;
    private final AtomicReference<Window> current = new AtomicReference<>(new Window(Long.MIN_VALUE));

    Budget(int ofAddress, int ofAll, Clock clock) {
        this.ofAddress = ofAddress;
        this.ofAll = ofAll;
        this.clock = clock;
    }

    /** Whether one more of this address may be reported. */
    boolean take(String address) {
        Window window = window();
        if (window.all.get() >= ofAll || ofAddress == 0) {
            return false;
        }
        int seen = window.byAddress
                .computeIfAbsent(Network.of(address), first -> new AtomicInteger())
                .incrementAndGet();
        return seen <= ofAddress && window.all.incrementAndGet() <= ofAll;
    }

    private Window window() {
        long minute = clock.millis() / MINUTE;
        return current.updateAndGet(window -> window.minute == minute ? window : new Window(minute));
    }

    private static final class Window {

        private final long minute;
        private final AtomicInteger all = new AtomicInteger();
        private final Map<String, AtomicInteger> byAddress = new ConcurrentHashMap<>();

        Window(long minute) {
            this.minute = minute;
        }
    }
}
