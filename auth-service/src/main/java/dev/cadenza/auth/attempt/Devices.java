package dev.cadenza.auth.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What an account was logged into from.
 *
 * @param lastSeen of all
 */
public record Devices(List<Device> known, Instant lastSeen) {

    /** Not every login is worth a write. */
    private static final Duration PRECISION = Duration.ofHours(1);

    /** None. */
    public static final Devices NONE = new Devices(List.of(), Instant.EPOCH);

    /**
     * As far as devices can be told apart.
     *
     * @param network that its address belongs to
     * @param agent hash of what it says it is
     */
    public record Device(String network, String agent, Instant lastSeen) {
        boolean is(Device other) {
            return network.equals(other.network) && agent.equals(other.agent);
        }
    }

    public Devices {
        known = List.copyOf(known);
    }

    /** Whether the account was logged into from it. */
    public boolean knows(Device device, Instant since) {
        return known.stream().anyMatch(one -> one.is(device) && one.lastSeen().isAfter(since));
    }

    /** Whether the account was used, but never from this network. */
    public boolean isNewNetwork(String network) {
        return !known.isEmpty()
                && known.stream().noneMatch(device -> device.network().equals(network));
    }

    /** It was logged into from this device. */
    public Devices seen(Device device, int most) {
        if (known.stream()
                .anyMatch(
                        one -> one.is(device) && one.lastSeen().plus(PRECISION).isAfter(device.lastSeen()))) {
            return this;
        }
        List<Device> all =
                new ArrayList<>(known.stream().filter(one -> !one.is(device)).toList());
        all.add(device);
        all.sort(Comparator.comparing(Device::lastSeen).reversed());
        return new Devices(all.subList(0, Math.min(most, all.size())), device.lastSeen());
    }
}
