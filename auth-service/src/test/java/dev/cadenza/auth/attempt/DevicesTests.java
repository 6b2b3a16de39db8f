package dev.cadenza.auth.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.auth.attempt.Devices.Device;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicesTests {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aDeviceIsItsNetworkAndWhatItSaysItIs() {
        Devices devices = Devices.NONE.seen(new Device("a", "x", NOW), 10);
        assertThat(devices.knows(new Device("a", "x", NOW.plusSeconds(1)), NOW.minusSeconds(1)))
                .isTrue();
        assertThat(devices.knows(new Device("a", "y", NOW), NOW.minusSeconds(1)))
                .isFalse();
        assertThat(devices.knows(new Device("b", "x", NOW), NOW.minusSeconds(1)))
                .isFalse();
        // one that was used too long ago is a stranger again
        assertThat(devices.knows(new Device("a", "x", NOW), NOW)).isFalse();
    }

    @Test
    void theFirstNetworkOfAnAccountIsNotNewAndEveryOtherIs() {
        assertThat(Devices.NONE.isNewNetwork("a")).isFalse();
        Devices devices = Devices.NONE.seen(new Device("a", "x", NOW), 10);
        assertThat(devices.isNewNetwork("a")).isFalse();
        assertThat(devices.isNewNetwork("b")).isTrue();
    }

    @Test
    void theOneUsedLongestAgoGoes() {
        Devices devices = Devices.NONE;
        for (int i = 0; i < 5; i++) {
            devices = devices.seen(new Device("n" + i, "x", NOW.plus(Duration.ofHours(2L * i))), 3);
        }
        assertThat(devices.known()).extracting(Device::network).containsExactly("n4", "n3", "n2");
        assertThat(devices.lastSeen()).isEqualTo(NOW.plus(Duration.ofHours(8)));
    }

    @Test
    void notEveryLoginIsAWrite() {
        Devices devices = Devices.NONE.seen(new Device("a", "x", NOW), 10);
        assertThat(devices.seen(new Device("a", "x", NOW.plus(Duration.ofMinutes(59))), 10))
                .isSameAs(devices);
        Instant later = NOW.plus(Duration.ofHours(2));
        assertThat(devices.seen(new Device("a", "x", later), 10).known()).containsExactly(new Device("a", "x", later));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.77, 203.0.113.0/24",
        "::ffff:203.0.113.77, 203.0.113.0/24",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:0:0:0:0:0/48",
        "::1, 0:0:0:0:0:0:0:0/48",
        "somewhere, somewhere"
    })
    void addressesBelongToNetworks(String address, String network) {
        assertThat(Networks.of(address)).isEqualTo(network);
    }
}
