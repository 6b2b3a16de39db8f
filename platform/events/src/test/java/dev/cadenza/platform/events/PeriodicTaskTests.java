package dev.cadenza.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class PeriodicTaskTests {

    private final AtomicInteger rounds = new AtomicInteger();
    private final PeriodicTask task = new PeriodicTask("counting", Duration.ofMillis(5), () -> {
        int round = rounds.incrementAndGet();
        if (round == 1) {
            throw new IllegalStateException("before there is anything to wait for");
        }
        return round == 2 ? Mono.error(new IllegalStateException("while it is done")) : Mono.just(round);
    });

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void goesOnAfterRoundsThatFailed() {
        task.start();
        assertThat(task.isRunning()).isTrue();
        await().until(() -> rounds.get() > 4);
    }

    @Test
    void mayBeStoppedTwiceAndStartedAgain() {
        task.start();
        await().until(() -> rounds.get() > 0);
        task.stop();
        task.stop();
        assertThat(task.isRunning()).isFalse();
        task.start();
        int before = rounds.get();
        await().until(() -> rounds.get() > before + 2);
    }
}
