package dev.cadenza.gateway.edge;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;

/** Web origins whose pages may call, with cookies: our own and the configured ones. */
public final class KnownOrigins {

    private final CorsConfiguration patterns = new CorsConfiguration();

    /** Reads the configured origins. */
    public KnownOrigins(EdgeSettings settings) {
        List<String> origins = new ArrayList<>(settings.allowedOrigins());
        origins.add(settings.ownOrigin());
        patterns.setAllowedOriginPatterns(origins);
    }

    /** As Spring's patterns. */
    List<String> patterns() {
        List<String> origins = patterns.getAllowedOriginPatterns();
        return origins == null ? List.of() : origins;
    }

    /** Whether a request comes from a page of ours, by its {@code Origin}, or its {@code Referer} where it has none. */
    public boolean sent(HttpHeaders headers) {
        String origin = headers.getOrigin();
        return knows(origin == null ? originOf(headers.getFirst(HttpHeaders.REFERER)) : origin);
    }

    private boolean knows(@Nullable String origin) {
        return origin != null && patterns.checkOrigin(origin) != null;
    }

    private static @Nullable String originOf(@Nullable String address) {
        if (address == null) {
            return null;
        }
        try {
            URI uri = new URI(address);
            return uri.getScheme() == null || uri.getHost() == null
                    ? null
                    : uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
