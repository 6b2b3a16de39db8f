package dev.cadenza.platform.jobs;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;

/**
 * In which order waiting jobs are released: users in turn, whoever has least with the workers first, then whoever had
 * his last turn longest ago, then whoever waits longest; the jobs of one user in the order in which he asked.
 */
final class FairOrder {

    /** A job that waits. */
    record Waiting(UUID jobId, UUID owner, Instant queuedAt) {}

    private static final class Lane {
        final UUID owner;
        final Deque<Waiting> jobs = new ArrayDeque<>();
        int share;
        long lastTurn;

        Lane(UUID owner, int share, long lastTurn) {
            this.owner = owner;
            this.share = share;
            this.lastTurn = lastTurn;
        }

        Instant waitsSince() {
            return jobs.getFirst().queuedAt();
        }
    }

    private FairOrder() {}

    /**
     * The jobs in the order of their release.
     *
     * @param waiting by the time at which they were asked for
     * @param withWorkers how many jobs each user has with the workers; nothing for none
     * @param lastTurns grows with every release, by user; nothing for users who had none
     * @param perUser most jobs of one user with the workers; {@link Integer#MAX_VALUE} leaves nobody out
     */
    static List<Waiting> of(
            List<Waiting> waiting, Map<UUID, Integer> withWorkers, Map<UUID, Long> lastTurns, int perUser) {
        Map<UUID, Lane> lanes = new LinkedHashMap<>();
        for (Waiting job : waiting) {
            lanes.computeIfAbsent(
                            job.owner(),
                            owner -> new Lane(
                                    owner, withWorkers.getOrDefault(owner, 0), lastTurns.getOrDefault(owner, 0L)))
                    .jobs
                    .add(job);
        }
        PriorityQueue<Lane> turns = new PriorityQueue<>(Comparator.<Lane>comparingInt(lane -> lane.share)
                .thenComparingLong(lane -> lane.lastTurn)
                .thenComparing(Lane::waitsSince)
                .thenComparing(lane -> lane.owner));
        turns.addAll(lanes.values());
        long turn = lastTurns.values().stream().mapToLong(Long::longValue).max().orElse(0);
        List<Waiting> order = new ArrayList<>(waiting.size());
        while (!turns.isEmpty()) {
            Lane lane = turns.poll();
            if (lane.share >= perUser) {
                continue;
            }
            order.add(lane.jobs.removeFirst());
            lane.share++;
            lane.lastTurn = ++turn;
            if (!lane.jobs.isEmpty()) {
                turns.add(lane);
            }
        }
        return order;
    }
}
