package dev.cadenza.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FairOrderTests {

    private static final UUID ANN = new UUID(0, 1);
    private static final UUID BOB = new UUID(0, 2);
    private static final UUID CAT = new UUID(0, 3);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final List<FairOrder.Waiting> waiting = new ArrayList<>();

    @Test
    void takesUsersInTurnAndEachUsersJobsInTheirOrder() {
        asks(ANN, 3);
        asks(BOB, 1);
        asks(CAT, 2);
        assertThat(order(Map.of(), Map.of(), 9)).containsExactly(ANN, BOB, CAT, ANN, CAT, ANN);
        assertThat(FairOrder.of(waiting, Map.of(), Map.of(), 9))
                .filteredOn(job -> job.owner().equals(ANN))
                .extracting(FairOrder.Waiting::queuedAt)
                .isSorted();
    }

    @Test
    void letsOneJobPassAThousandOfSomebodyElse() {
        asks(ANN, 1000);
        asks(BOB, 1);
        assertThat(order(Map.of(), Map.of(), 9)).hasSize(9 + 1).startsWith(ANN, BOB);
    }

    @Test
    void prefersWhoHasLessWithTheWorkers() {
        asks(ANN, 2);
        asks(BOB, 2);
        assertThat(order(Map.of(ANN, 2), Map.of(), 9)).containsExactly(BOB, BOB, ANN, ANN);
    }

    @Test
    void prefersWhoseLastTurnIsLongestAgo() {
        asks(ANN, 2);
        asks(BOB, 2);
        assertThat(order(Map.of(), Map.of(ANN, 7L, BOB, 6L), 9)).containsExactly(BOB, ANN, BOB, ANN);
    }

    @Test
    void leavesOutWhoeverHasAllThatHeMayHave() {
        asks(ANN, 3);
        asks(BOB, 3);
        assertThat(order(Map.of(ANN, 2, BOB, 1), Map.of(), 2)).containsExactly(BOB);
    }

    @Test
    void isEmptyWhereNobodyWaits() {
        assertThat(order(Map.of(ANN, 2), Map.of(ANN, 1L), 2)).isEmpty();
    }

    private void asks(UUID owner, int jobs) {
        for (int i = 0; i < jobs; i++) {
            waiting.add(new FairOrder.Waiting(
                    new UUID(owner.getLeastSignificantBits(), i), owner, NOW.plusSeconds(waiting.size())));
        }
    }

    private List<UUID> order(Map<UUID, Integer> withWorkers, Map<UUID, Long> lastTurns, int perUser) {
        return FairOrder.of(waiting, withWorkers, lastTurns, perUser).stream()
                .map(FairOrder.Waiting::owner)
                .toList();
    }
}
