package dev.cadenza.gateway.limit;

import io.netty.util.NetUtil;
import java.util.HexFormat;

/** What counts as one address: with IPv6 everybody has 64 bits of them. */
public final class Network {

    private static final int IPV6_BYTES = 16;
    private static final int PREFIX_BYTES = 8;

    private Network() {}

    /** The address itself, or its network; what is no address is left as it is. */
    public static String of(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes != null && bytes.length == IPV6_BYTES
                ? HexFormat.of().formatHex(bytes, 0, PREFIX_BYTES) + "/64"
                : address;
    }
}
