package dev.cadenza.gateway.watch.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetTests {

    private Instant now = Instant.parse("2026-01-01T10:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private long taken(Budget budget, int tries, String address) {
        return IntStream.range(0, tries).filter(i -> budget.take(address)).count();
    }

    @Test
    void oneAddressHasItsShareEachMinute() {
        Budget budget = new Budget(3, 100, clock);
        assertThat(taken(budget, 10, "192.0.2.1")).isEqualTo(3);
        assertThat(taken(budget, 10, "192.0.2.2")).isEqualTo(3);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(taken(budget, 10, "192.0.2.1")).isEqualTo(3);
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        Budget budget = new Budget(3, 100, clock);
        assertThat(IntStream.range(1, 20)
                        .filter(i -> budget.take("2001:db8:1:2::" + i))
                        .count())
                .isEqualTo(3);
        assertThat(budget.take("2001:db8:1:3::1")).isTrue();
    }

    @Test
    void allAddressesTogetherHaveNoMoreThanThat() {
        Budget budget = new Budget(3, 10, clock);
        assertThat(IntStream.range(0, 200)
                        .filter(i -> budget.take("192.0.2." + i))
                        .count())
                .isEqualTo(10);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(budget.take("192.0.2.7")).isTrue();
    }

    @Test
    void nothingIsReportedWhereNothingMayBe() {
        assertThat(taken(new Budget(0, 10, clock), 10, "192.0.2.1")).isZero();
        assertThat(taken(new Budget(10, 0, clock), 10, "192.0.2.1")).isZero();
    }
}
