package dev.cadenza.gateway.route;

import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the services are.
 *
 * @param services base address of each service, without path, by name
 */
@Validated
@ConfigurationProperties("cadenza")
public record ServiceAddresses(@NotEmpty Map<String, URI> services) {

    /** Address of a service that the route table names. */
    public URI of(String service) {
        URI address = services.get(service);
        if (address == null) {
            throw new IllegalStateException("cadenza.services." + service + " is not set");
        }
        return address;
    }
}
