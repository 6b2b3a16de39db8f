package dev.cadenza.platform.jobs;

import dev.cadenza.contracts.jobs.v1.JobCancelled;
import dev.cadenza.platform.events.ReceivedEvent;
import dev.cadenza.platform.events.TopicTail;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Every cancellation that the control topic holds, read from its beginning by each worker for itself. */
final class Cancellations implements Runnable {

    /** Far more than the jobs that can be with the workers. */
    private static final int REMEMBERED = 100_000;

    private final TopicTail tail;
    private final Map<UUID, Integer> releases = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    Cancellations(Map<String, Object> consumerProperties, String topic, Clock clock) {
        this.tail = new TopicTail(consumerProperties, Set.of(topic), null, clock, this::take);
    }

    /** Whether this release of the job was called off. */
    synchronized boolean cover(UUID jobId, int release) {
        return releases.getOrDefault(jobId, 0) >= release;
    }

    private void take(ReceivedEvent event) {
        if (event.type().equals(JobMessages.CANCELLED)) {
            add(event.dataAs(JobCancelled.class));
        }
    }

    private synchronized void add(JobCancelled cancelled) {
        // at the end again: the newest are remembered longest
        Integer known = releases.remove(cancelled.jobId());
        releases.put(cancelled.jobId(), Math.max(cancelled.release(), known == null ? 0 : known));
    }

    /** Waits until all that was on the topic at the start is known. */
    boolean awaitCaughtUp(Duration longest) throws InterruptedException {
        return tail.awaitCaughtUp(longest);
    }

    void stop() {
        tail.stop();
    }

    @Override
    public void run() {
        tail.run();
    }
}
