package dev.cadenza.social.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An IP network.
 *
 * @param bits how many leading bits an address shares with it
 */
record Network(InetAddress base, int bits) {

    // letters other than hex digits would make the JDK ask a name server
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]+");

    /**
     * Reads the form {@code 10.0.0.0/8}.
     *
     * @throws IllegalArgumentException naming the text, where it is not a network
     */
    static Network parse(String cidr) {
        String[] parts = cidr.strip().split("/", -1);
        if (parts.length != 2 || !LITERAL.matcher(parts[0]).matches()) {
            throw new IllegalArgumentException("Not a network in CIDR form: " + cidr);
        }
        try {
            InetAddress base = InetAddress.getByName(parts[0]);
            int bits = Integer.parseInt(parts[1]);
            if (bits < 0 || bits > base.getAddress().length * 8) {
                throw new IllegalArgumentException("Not a network in CIDR form: " + cidr);
            }
            return new Network(base, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("Not a network in CIDR form: " + cidr, e);
        }
    }

    /** Whether the address is of the same family and inside. */
    boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
