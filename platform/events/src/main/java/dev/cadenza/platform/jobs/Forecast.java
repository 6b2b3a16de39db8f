package dev.cadenza.platform.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.PriorityQueue;

/** When a waiting job will be done, if all jobs take as long as the last ones did. */
final class Forecast {

    private Forecast() {}

    /**
     * Completion of a job that has {@code ahead} others before it.
     *
     * @param running when the jobs started that run now
     * @param parallel how many can run at a time, at least 1
     */
    static Instant completion(Instant now, List<Instant> running, int ahead, int parallel, Duration typical) {
        PriorityQueue<Instant> free = new PriorityQueue<>();
        for (Instant started : running) {
            free.add(later(now, started.plus(typical)));
        }
        while (free.size() < parallel) {
            free.add(now);
        }
        for (int i = 0; i < ahead; i++) {
            free.add(free.remove().plus(typical));
        }
        return free.remove().plus(typical);
    }

    /** Completion of a job that runs; one that is over its time is about to be done. */
    static Instant completion(Instant now, Instant started, Duration typical) {
        return later(now.plusSeconds(1), started.plus(typical));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
