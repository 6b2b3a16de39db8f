package dev.cadenza.platform.jobs;

import java.util.LinkedHashMap;
import java.util.Map;

/** The last jobs whose results this worker delivered: the broker may hand one out again that it did not hear of. */
final class FinishedJobs {

    private static final int REMEMBERED = 1_000;

    private final Map<String, Boolean> jobs = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized void add(Attempt attempt) {
        jobs.put(key(attempt), true);
    }

    synchronized boolean contains(Attempt attempt) {
        return jobs.containsKey(key(attempt));
    }

    private static String key(Attempt attempt) {
        return attempt.jobId() + "#" + attempt.release();
    }
}
