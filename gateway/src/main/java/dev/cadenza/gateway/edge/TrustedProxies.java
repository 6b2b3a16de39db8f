package dev.cadenza.gateway.edge;

import dev.cadenza.platform.web.ClientAddress;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Whom we believe about others, and so who the client is: the last one on the way here that no trusted proxy vouches for
 * being one of them. Whatever stands before it in {@code X-Forwarded-For} anybody may have written.
 */
public final class TrustedProxies implements ClientAddress {

    private final List<IpSubnetFilterRule> networks;

    /** Reads the trusted networks. */
    public TrustedProxies(EdgeSettings settings) {
        networks =
                settings.trustedProxies().stream().map(TrustedProxies::network).toList();
    }

    @Override
    public @Nullable String of(ServerHttpRequest request) {
        String client = ClientAddress.ofConnection(request);
        if (!sent(request)) {
            return client;
        }
        for (String hop : hops(request)) {
            String address = ClientAddress.normalised(withoutPort(hop));
            if (address == null) {
                break;
            }
            client = address;
            if (!contains(new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(address), 0))) {
                break;
            }
        }
        return client;
    }

    /** Whether a trusted proxy sent this request. */
    public boolean sent(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        return !networks.isEmpty() && peer != null && contains(peer);
    }

    private boolean contains(InetSocketAddress address) {
        return networks.stream().anyMatch(network -> network.matches(address));
    }

    /** Nearest first. */
    private static List<String> hops(ServerHttpRequest request) {
        List<String> hops = new ArrayList<>();
        for (String line : request.getHeaders().getOrEmpty(ClientAddress.HEADER)) {
            Collections.addAll(hops, line.split(","));
        }
        return hops.reversed();
    }

    /** Some proxies write {@code 192.0.2.1:1234} and {@code [2001:db8::1]:1234}. */
    private static String withoutPort(String hop) {
        String text = hop.strip();
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? text : text.substring(1, end);
        }
        int colon = text.indexOf(':');
        return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
    }

    private static IpSubnetFilterRule network(String cidr) {
        int slash = cidr.indexOf('/');
        InetAddress address = slash < 0 ? null : NetUtil.createInetAddressFromIpAddressString(cidr.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("cadenza.gateway.trusted-proxies: " + cidr + " is not a CIDR network");
        }
        return new IpSubnetFilterRule(address, Integer.parseInt(cidr.substring(slash + 1)), IpFilterRuleType.ACCEPT);
    }
}
