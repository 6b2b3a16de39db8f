package dev.cadenza.gateway.limit;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who the other instances of the gateway are, so that they count together. Without {@code members} and {@code dns} this
 * instance is alone and opens no port for others.
 *
 * @param members addresses {@code host:port} of instances, not necessarily of all
 * @param dns name whose A records are the instances, such as a headless service on Kubernetes
 * @param bindAddress own address among the instances
 * @param port own port among the instances; with {@code dns} the same for all
 * @param secret what members encrypt with; who does not know it stays outside. At least 16 characters, wanted as soon as
 *     there are others
 */
@Validated
@ConfigurationProperties("cadenza.gateway.cluster")
public record ClusterSettings(
        @DefaultValue List<String> members,
        @Nullable String dns,
        @DefaultValue("127.0.0.1") String bindAddress,
        @DefaultValue("7800") @Min(1) @Max(65_535) int port,
        @Nullable String secret) {

    private static final int SHORTEST_SECRET = 16;

    boolean isAlone() {
        return members.isEmpty() && (dns == null || dns.isBlank());
    }

    /** No instance joins others in the open. */
    @AssertTrue(message = "cadenza.gateway.cluster.secret must have 16 characters or more")
    boolean isSecretLongEnough() {
        return isAlone() || secret != null && secret.length() >= SHORTEST_SECRET;
    }
}
