package dev.cadenza.auth.attempt;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The network that an address belongs to: what one customer of a provider usually has, and not much more. */
final class Networks {

    private static final int V4 = 24;
    private static final int V6 = 48;

    private Networks() {}

    /** Such as {@code 203.0.113.0/24}; the text itself where it is no address. */
    static String of(String ip) {
        try {
            InetAddress address = InetAddress.ofLiteral(ip);
            int bits = address instanceof Inet4Address ? V4 : V6;
            byte[] bytes = address.getAddress();
            Arrays.fill(bytes, bits / Byte.SIZE, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + bits;
        } catch (IllegalArgumentException | UnknownHostException e) {
            return ip;
        }
    }
}
