package dev.cadenza.social.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a delivery is tried again: the ladder that Standard Webhooks recommends, 75 hours long, each step up to 10 %
 * longer or shorter so that many failed deliveries do not come back at once.
 */
public final class RetryLadder {

    static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final double JITTER = 0.1;
    private static final Duration LONGEST_WISH = Duration.ofHours(24);

    private final DoubleSupplier random;

    /**
     * A ladder.
     *
     * @param random numbers from 0 to 1
     */
    public RetryLadder(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * Time of the next attempt.
     *
     * @param attempts how many there were, from 1
     * @param wish what the receiver asked for, honoured up to a day where it is longer than the step
     * @return null when the ladder ends
     */
    @Nullable
    Instant next(int attempts, Instant now, @Nullable Duration wish) {
        if (attempts > STEPS.size()) {
            return null;
        }
        Duration step = STEPS.get(Math.max(attempts, 1) - 1);
        double factor = 1 + JITTER * (2 * random.getAsDouble() - 1);
        Duration wait = Duration.ofMillis(Math.round(step.toMillis() * factor));
        if (wish != null && wish.compareTo(wait) > 0) {
            wait = wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
        }
        return now.plusMillis(wait.toMillis());
    }
}
