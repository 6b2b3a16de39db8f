package dev.cadenza.social.webhook;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides which addresses this service may connect to on a user's behalf: public ones, and those of the configured
 * networks. Asked at connect time with the very address that is then connected to, never with a name, so that a name
 * server that changes its mind gains nothing.
 */
public final class AddressGuard {

    private static final List<Network> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // carrier NAT, metadata of one cloud
                    "127.0.0.0/8", // loopback
                    "168.63.129.16/32", // public by number, metadata of another cloud
                    "169.254.0.0/16", // link-local, metadata of most clouds
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocol assignments, metadata of a third cloud
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // 6to4 relays
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4", // reserved, broadcast
                    "2001::/23", // protocol assignments, Teredo
                    "2001:db8::/32", // documentation
                    "2002::/16", // 6to4: an IPv4 address inside
                    "3fff::/20" // documentation
                    )
            .map(Network::parse)
            .toList();

    // everything else of IPv6 is loopback, mapped, NAT64, unique local, link-local, multicast or not assigned
    private static final Network PUBLIC_V6 = Network.parse("2000::/3");

    private final List<Network> allowed;

    /**
     * A guard.
     *
     * @param allowedPrivateNetworks in CIDR form
     * @throws IllegalArgumentException naming the text that is not a network
     */
    public AddressGuard(List<String> allowedPrivateNetworks) {
        this.allowed = allowedPrivateNetworks.stream().map(Network::parse).toList();
    }

    /** Whether a connection to this address may be made. */
    public boolean allows(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address)) || isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        boolean v6 = address.getAddress().length == 16;
        return (!v6 || PUBLIC_V6.contains(address))
                && NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
    }
}
