package dev.cadenza.platform.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Since when this instance hears what workers say. Where it was away or could not store reports, these wait on the topic,
 * and a job that seems silent may be done.
 */
final class Hearing {

    private final Clock clock;
    private volatile Instant since = Instant.MIN;
    private volatile Instant askedAt = Instant.MIN;

    Hearing(Clock clock) {
        this.clock = clock;
    }

    /** Something was not heard, or could not be looked at. */
    void missed() {
        since = clock.instant();
    }

    /** Whether nothing was missed for so long; to be asked all the time: a long pause means that it was away. */
    boolean lasts(Duration silence) {
        Instant now = clock.instant();
        if (askedAt.isBefore(now.minus(silence.dividedBy(2)))) {
            since = now;
        }
        askedAt = now;
        return !since.isAfter(now.minus(silence));
    }
}
