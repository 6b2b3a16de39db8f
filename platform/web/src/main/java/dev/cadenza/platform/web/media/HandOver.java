package dev.cadenza.platform.web.media;

import dev.cadenza.platform.core.Fetchable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * How a service leaves it to the gateway to stream stored bytes: the answer has all headers but no body, and names the
 * object that the gateway fetches and sends instead (docs/decisions/0025-bytes-go-from-the-store-to-the-gateway.md).
 */
public final class HandOver {

    /** Of the gateway's request: origin of the store that it reaches. Never taken from a client. */
    public static final String STORE = "X-Object-Store";

    /** Of an answer: the signed address of the object. Never passed on to a client. */
    public static final String LOCATION = "X-Object-Location";

    /** Of an answer: which bytes of the object make the body, first and last, as in {@code 0-99}. */
    public static final String BYTES = "X-Object-Bytes";

    /** Less than this is sent faster than it is asked for. */
    private static final long LEAST = 128 * 1024;

    private HandOver() {}

    /** Whether {@code bytes} are the gateway's to fetch. */
    static @Nullable Fetchable of(ServerHttpRequest request, Object bytes, ByteRange range) {
        return range.length() >= LEAST
                        && bytes instanceof Fetchable stored
                        && stored.origin().equals(request.getHeaders().getFirst(STORE))
                ? stored
                : null;
    }

    static void write(HttpHeaders headers, Fetchable stored, ByteRange range) {
        headers.set(LOCATION, stored.address().toString());
        headers.set(BYTES, range.offset() + "-" + (range.offset() + range.length() - 1));
        headers.setContentLength(0);
    }
}
