package dev.cadenza.auth.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.auth.attempt.Failures.Limits;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailuresTests {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Limits LIMITS =
            new Limits(3, Duration.ofSeconds(30), Duration.ofMinutes(15), Duration.ofHours(12));

    @Test
    void theDoorClosesAfterSeveral() {
        Failures two = Failures.first(NOW, LIMITS).another(NOW, LIMITS);
        assertThat(two.isClosed(NOW)).isFalse();
        Failures three = two.another(NOW, LIMITS);
        assertThat(three.isClosed(NOW.plusSeconds(29))).isTrue();
        assertThat(three.isClosed(NOW.plusSeconds(30))).isFalse();
    }

    @Test
    void whatComesWhileItIsClosedDoesNotCount() {
        Failures closed = failures(3);
        assertThat(closed.another(NOW.plusSeconds(10), LIMITS)).isSameAs(closed);
    }

    @Test
    void everyFurtherOneDoublesTheWaitUpToTheLongest() {
        Instant now = NOW;
        Failures failures = failures(2);
        for (long seconds : new long[] {30, 60, 120, 240, 480, 900, 900, 900}) {
            failures = failures.another(now, LIMITS);
            assertThat(failures.closedUntil()).isEqualTo(now.plusSeconds(seconds));
            now = now.plusSeconds(seconds);
        }
        Failures endless = new Failures(Integer.MAX_VALUE - 1, NOW, null).another(NOW, LIMITS);
        assertThat(endless.closedUntil()).isEqualTo(NOW.plus(LIMITS.longestWait()));
    }

    @Test
    void afterALongTimeWithoutOneAllAreForgotten() {
        Instant later = NOW.plus(LIMITS.forgottenAfter()).plusSeconds(31);
        assertThat(failures(9).another(later, LIMITS)).isEqualTo(Failures.first(later, LIMITS));
    }

    private static Failures failures(int count) {
        Failures failures = Failures.first(NOW, LIMITS);
        for (int i = 1; i < count; i++) {
            failures = new Failures(failures.count(), NOW, null).another(NOW, LIMITS);
        }
        return failures;
    }
}
