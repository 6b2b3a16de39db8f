package dev.cadenza.analytics.suspicion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class BurstsTests {

    private static final Bursts THREE_IN_A_MINUTE = new Bursts(Duration.ofMinutes(1), 3, 1, Sighting::target);

    @Test
    void aBurstMayBeginAtAnyMoment() {
        assertThat(inSeconds(THREE_IN_A_MINUTE, 0, 50, 100, 130, 159)).containsExactly(100L, 130L, 159L);
    }

    @Test
    void aStretchIncludesItsEnds() {
        assertThat(inSeconds(THREE_IN_A_MINUTE, 0, 30, 60)).containsExactly(0L, 30L, 60L);
        assertThat(inSeconds(THREE_IN_A_MINUTE, 0, 30, 61)).isEmpty();
    }

    @Test
    void burstsThatRunIntoOneAnotherAreCountedOnce() {
        assertThat(inSeconds(THREE_IN_A_MINUTE, 0, 20, 40, 60, 80, 1_000, 2_000, 2_001, 2_002, 9_000))
                .containsExactly(0L, 20L, 40L, 60L, 80L, 2_000L, 2_001L, 2_002L);
    }

    @Test
    void theSameThingOverAndOverIsNotManyThings() {
        Bursts threeThings = new Bursts(Duration.ofMinutes(1), 3, 3, Sighting::target);
        List<Sighting> same = IntStream.range(0, 50).mapToObj(i -> at(i, "a")).toList();
        assertThat(threeThings.by(Sighting::ip, same)).isEmpty();
        List<Sighting> different = new ArrayList<>(same.subList(0, 10));
        different.add(at(11, "b"));
        different.add(at(12, "c"));
        assertThat(threeThings.by(Sighting::ip, different).values())
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(12);
        // the b is over before the c comes
        assertThat(threeThings.by(Sighting::ip, List.of(at(0, "b"), at(1, "a"), at(60, "a"), at(61, "c"))))
                .isEmpty();
    }

    @Test
    void whoIsNotKnownIsNobody() {
        assertThat(THREE_IN_A_MINUTE.by(Sighting::account, List.of(at(0, "a"), at(1, "a"), at(2, "a"))))
                .isEmpty();
    }

    private static List<Long> inSeconds(Bursts bursts, int... seconds) {
        List<Sighting> events =
                IntStream.of(seconds).mapToObj(second -> at(second, "a")).toList();
        return bursts.by(Sighting::ip, events).getOrDefault("192.0.2.1", List.of()).stream()
                .map(event -> event.at().getEpochSecond())
                .toList();
    }

    private static Sighting at(int second, String target) {
        return new Sighting(
                UUID.randomUUID(), Instant.ofEpochSecond(second), "login.failed", null, "", "192.0.2.1", target);
    }
}
