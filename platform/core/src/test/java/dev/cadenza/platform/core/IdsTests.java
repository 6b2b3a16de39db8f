package dev.cadenza.platform.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTests {

    @Test
    void areVersionSevenAndIncrease() {
        UUID previous = Ids.next();
        for (int i = 0; i < 20_000; i++) {
            UUID next = Ids.next();
            assertThat(next.version()).isEqualTo(7);
            assertThat(next.variant()).isEqualTo(2);
            assertThat(Long.compareUnsigned(next.getMostSignificantBits(), previous.getMostSignificantBits()))
                    .isPositive();
            previous = next;
        }
    }

    @Test
    void readsUuidsExactlyAsTheyAreWritten() {
        UUID id = Ids.next();
        assertThat(Ids.parse(id.toString())).contains(id);
        assertThat(Ids.parse(id.toString().toUpperCase(Locale.ROOT))).contains(id);
        for (String none : List.of("", "1-1-1-1-1", "g" + id.toString().substring(1), id + " ", "-".repeat(36))) {
            assertThat(Ids.parse(none)).isEmpty();
        }
    }

    @Test
    void publicIdsAreAPrefixAndSixteenHexDigits() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String id = Ids.publicId("gen");
            assertThat(id).matches("gen_[0-9a-f]{16}");
            assertThat(seen.add(id)).isTrue();
        }
    }
}
