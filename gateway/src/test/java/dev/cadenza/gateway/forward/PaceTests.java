package dev.cadenza.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTests {

    private final AtomicLong now = new AtomicLong();
    private final Pace pace = new Pace(100, Duration.ofSeconds(10), now::get);

    private boolean afterSeconds(double seconds, int bytes) {
        now.addAndGet((long) (seconds * 1e9));
        return pace.take(bytes);
    }

    @Test
    void whoeverSendsAByteNowAndThenIsTooSlowAfterAWhile() {
        pace.ask(Long.MAX_VALUE);
        int second = 1;
        while (afterSeconds(1, 1)) {
            second++;
        }
        assertThat(second).isEqualTo(11);
    }

    @Test
    void whoeverKeepsTheLeastRateIsNeverTooSlow() {
        pace.ask(Long.MAX_VALUE);
        for (int i = 0; i < 10_000; i++) {
            assertThat(afterSeconds(1, 100)).isTrue();
        }
    }

    @Test
    void aPauseIsForgivenWhenWhatFollowsMakesUpForItButNoHasteInAdvanceCounts() {
        pace.ask(Long.MAX_VALUE);
        assertThat(afterSeconds(0, 1_000_000)).isTrue();
        assertThat(afterSeconds(9, 1)).isTrue();
        assertThat(afterSeconds(1, 1_000)).isTrue();
        assertThat(afterSeconds(9, 1)).isTrue();
        assertThat(afterSeconds(2, 1)).isFalse();
    }

    @Test
    void theTimeInWhichNobodyAsksForMoreIsNotTheClients() {
        pace.ask(1);
        assertThat(afterSeconds(1, 1)).isTrue();
        now.addAndGet(Duration.ofHours(1).toNanos());
        pace.ask(1);
        assertThat(afterSeconds(1, 1)).isTrue();
    }
}
