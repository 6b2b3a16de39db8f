package dev.cadenza.platform.web;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Finds the client's address of a request. Services believe {@code X-Forwarded-For}, for only the gateway reaches them
 * and overwrites that header; the gateway has a bean with rules of its own.
 */
@FunctionalInterface
public interface ClientAddress {

    /** Header in which the gateway hands the address on. */
    String HEADER = "X-Forwarded-For";

    /** The address as it was sent or seen; what is no IP address, or null, is replaced by the connection's. */
    @Nullable
    String of(ServerHttpRequest request);

    /** What the gateway says; the first one where it names a way. */
    static @Nullable String fromGateway(ServerHttpRequest request) {
        String chain = request.getHeaders().getFirst(HEADER);
        return chain == null ? null : chain.split(",", 2)[0];
    }

    /** An IP address in its shortest usual form, without a zone; null where {@code text} is none. Asks no name server. */
    static @Nullable String normalised(@Nullable String text) {
        if (text == null) {
            return null;
        }
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(text.strip());
        return address == null ? null : NetUtil.toAddressString(address);
    }

    /** Who sits at the other end of the connection; null where that has no IP address. */
    static @Nullable String ofConnection(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        return peer == null || peer.getAddress() == null ? null : NetUtil.toAddressString(peer.getAddress());
    }
}
