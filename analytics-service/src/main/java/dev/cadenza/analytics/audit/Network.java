package dev.cadenza.analytics.audit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Which network an address belongs to: the /24 of an IPv4 address, the /48 of an IPv6 address. */
public final class Network {

    private static final int V4_BYTES = 3;
    private static final int V6_BYTES = 6;

    private Network() {}

    /** Such as {@code 192.0.2.0/24}; empty where the text is no address. Asks no name server. */
    public static String of(String ip) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(ip);
        } catch (IllegalArgumentException e) {
            return "";
        }
        byte[] bytes = address.getAddress();
        int kept = address instanceof Inet4Address ? V4_BYTES : V6_BYTES;
        Arrays.fill(bytes, kept, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + kept * Byte.SIZE;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // its length is that of an address
        }
    }
}
