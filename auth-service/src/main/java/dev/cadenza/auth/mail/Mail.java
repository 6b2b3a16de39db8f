package dev.cadenza.auth.mail;

import dev.cadenza.platform.core.Change;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail on its way. What was sent or given up keeps nothing but its id, so that the same order is not taken twice.
 *
 * @param order null where there is nothing left to do
 * @param at when it was ordered
 * @param dueAt when it is to be sent next; null where there is nothing left to do
 * @param attempts how often that was tried
 */
public record Mail(
        @Nullable MailOrder order, Instant at, @Nullable Instant dueAt, int attempts) {

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /**
     * Bounds of trying.
     *
     * @param pause before a mail that did not leave is tried again; doubles up to an hour. Longer than sending takes
     * @param attempts after so many a mail is given up
     */
    public record Limits(Duration pause, int attempts) {}

    /** Waits for being sent. */
    public static Change<Mail, Void> ordered(MailOrder order) {
        return Change.of(new Mail(order, order.at(), order.at(), 0));
    }

    /**
     * It is about to be sent: nobody else does that too, and if it comes to nothing, for whatever reason, it is due again
     * after a pause that grows. Given up where it was tried often enough or is of no use any more.
     */
    public Change<Mail, Void> claimed(Instant now, Limits limits) {
        if (order == null || attempts >= limits.attempts() || isUseless(order, now)) {
            return done();
        }
        Duration pause = limits.pause().multipliedBy(1L << Math.min(attempts, 20));
        return Change.of(new Mail(
                order, at, now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause), attempts + 1));
    }

    /** It has left, or never will. */
    public Change<Mail, Void> done() {
        return Change.of(new Mail(null, at, null, attempts));
    }

    private static boolean isUseless(MailOrder order, Instant now) {
        Instant until = order.usefulUntil();
        return until != null && !until.isAfter(now);
    }
}
