package dev.cadenza.gateway.forward;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether a client sends fast enough: a leaky bucket of the time that it is behind the least rate. Only the time counts in
 * which somebody waits for the client: a service that takes its time makes nobody slow. A pause is forgiven once what
 * follows makes up for it.
 */
final class Pace {

    private static final double NANOS = 1e9;

    private final double nanosPerByte;
    private final long mostBehind;
    private final LongSupplier nanoTime;

    // all below is guarded by this
    private long wanted;
    private long waitingSince;
    private double behind;

    /**
     * Nothing is sent yet.
     *
     * @param leastRate bytes a second
     * @param mostBehind how long it may be behind
     */
    Pace(long leastRate, Duration mostBehind, LongSupplier nanoTime) {
        this.nanosPerByte = NANOS / leastRate;
        this.mostBehind = mostBehind.toNanos();
        this.nanoTime = nanoTime;
    }

    /** So many more parts may come. */
    synchronized void ask(long parts) {
        if (wanted == 0) {
            waitingSince = nanoTime.getAsLong();
        }
        wanted = wanted + parts < 0 ? Long.MAX_VALUE : wanted + parts;
    }

    /** A part has come; false where the client is too far behind. */
    synchronized boolean take(int bytes) {
        long now = nanoTime.getAsLong();
        behind = Math.max(0, behind + (now - waitingSince) - bytes * nanosPerByte);
        waitingSince = now;
        if (wanted != Long.MAX_VALUE) {
            wanted--;
        }
        return behind <= mostBehind;
    }
}
