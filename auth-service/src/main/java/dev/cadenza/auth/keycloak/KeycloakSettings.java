package dev.cadenza.auth.keycloak;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Keycloak is and how we identify ourselves to it.
 *
 * @param url base address without trailing slash
 * @param adminClientId client whose service account manages users
 * @param clients one per dialect that logs people in; the client's id is the dialect's name
 * @param connectTimeout until a connection stands
 * @param responseTimeout until an answer is there
 * @param patience how long a request of ours waits for all answers that it needs; background work has more time
 * @param openFor how long Keycloak is left alone after it has not answered several times
 */
@Validated
@ConfigurationProperties("cadenza.keycloak")
public record KeycloakSettings(
        URI url,
        @DefaultValue("cadenza") @NotBlank String realm,
        @DefaultValue("auth-service") @NotBlank String adminClientId,
        @NotBlank String adminClientSecret,
        @NotEmpty Map<String, @Valid Client> clients,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("6s") Duration responseTimeout,
        @DefaultValue("4s") Duration patience,
        @DefaultValue("5s") Duration openFor) {

    /** A dialect's client. */
    public record Client(@NotBlank String secret) {

        @Override
        public String toString() {
            return "Client[…]";
        }
    }

    /** Secret of a dialect's client. */
    public String secretOf(String client) {
        Client known = clients.get(client);
        if (known == null) {
            throw new IllegalStateException("cadenza.keycloak.clients." + client + ".secret is not set");
        }
        return known.secret();
    }

    @Override
    public String toString() {
        return "KeycloakSettings[" + url + ", " + realm + "]";
    }
}
