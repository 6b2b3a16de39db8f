package dev.cadenza.auth.attempt;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Failed tries at one door, which closes after several, each time for longer.
 *
 * @param count since the last time that they were forgotten
 * @param last of them
 * @param closedUntil null while it is open
 */
public record Failures(int count, Instant last, @Nullable Instant closedUntil) {

    /**
     * When a door closes.
     *
     * @param free so many failures close it
     * @param firstWait the first time; doubles with every further failure
     */
    public record Limits(int free, Duration firstWait, Duration longestWait, Duration forgottenAfter) {}

    /** The first one. */
    public static Failures first(Instant now, Limits limits) {
        return new Failures(0, now, null).another(now, limits);
    }

    /** Whether nobody gets through. */
    public boolean isClosed(Instant now) {
        return closedUntil != null && closedUntil.isAfter(now);
    }

    /** One more; what comes while the door is closed does not count, for it was never tried. */
    public Failures another(Instant now, Limits limits) {
        if (isClosed(now)) {
            return this;
        }
        int failures = last.plus(limits.forgottenAfter()).isBefore(now) ? 1 : count + 1;
        return new Failures(failures, now, failures < limits.free() ? null : now.plus(pause(failures, limits)));
    }

    private static Duration pause(int failures, Limits limits) {
        Duration pause = limits.firstWait().multipliedBy(1L << Math.min(failures - limits.free(), 20));
        return pause.compareTo(limits.longestWait()) > 0 ? limits.longestWait() : pause;
    }
}
