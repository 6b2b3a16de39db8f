package dev.cadenza.gateway.edge;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the outside sees the gateway and who of the outside is believed.
 *
 * @param allowedOrigins web origins besides our own whose pages may call the API, such as {@code https://app.example};
 *     a pattern such as {@code http://localhost:[*]} is allowed
 * @param trustedProxies networks in CIDR form whose {@code X-Forwarded-*} headers are believed; everybody else's are
 *     dropped
 * @param publicBaseUrl address of the gateway as clients see it
 */
@ConfigurationProperties("cadenza.gateway")
public record EdgeSettings(
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("http://localhost:8080") URI publicBaseUrl) {

    /** Our own origin, as a browser spells it. */
    public String ownOrigin() {
        String port = publicBaseUrl.getPort() < 0 ? "" : ":" + publicBaseUrl.getPort();
        return publicBaseUrl.getScheme() + "://" + publicBaseUrl.getHost() + port;
    }
}
