package dev.cadenza.social.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryLadderTests {

    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private final RetryLadder exact = new RetryLadder(() -> 0.5);

    @Test
    void takesTheStepsThatStandardWebhooksRecommends() {
        List<Duration> steps = new java.util.ArrayList<>();
        for (int attempts = 1; exact.next(attempts, NOW, null) instanceof Instant next; attempts++) {
            steps.add(Duration.between(NOW, next));
        }

        assertThat(steps)
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(14),
                        Duration.ofHours(20),
                        Duration.ofHours(24));
    }

    @Test
    void spreadsTheStepsByATenth() {
        assertThat(new RetryLadder(() -> 0).next(2, NOW, null)).isEqualTo(NOW.plusSeconds(270));
        assertThat(new RetryLadder(() -> 1).next(2, NOW, null)).isEqualTo(NOW.plusSeconds(330));
    }

    @Test
    void waitsAsLongAsTheReceiverAsksAndNotShorterThanTheStep() {
        assertThat(exact.next(1, NOW, Duration.ofSeconds(90))).isEqualTo(NOW.plusSeconds(90));
        assertThat(exact.next(2, NOW, Duration.ofSeconds(90))).isEqualTo(NOW.plusSeconds(300));
        assertThat(exact.next(1, NOW, Duration.ofDays(400))).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(exact.next(1, NOW, Duration.ofSeconds(-90))).isEqualTo(NOW.plusSeconds(5));
    }
}
