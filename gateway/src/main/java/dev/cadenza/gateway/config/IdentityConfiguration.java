package dev.cadenza.gateway.config;

import dev.cadenza.gateway.edge.KnownOrigins;
import dev.cadenza.gateway.identity.AdmitIdentity;
import dev.cadenza.gateway.identity.AskAuthService;
import dev.cadenza.gateway.identity.IdentitySettings;
import dev.cadenza.gateway.identity.KnownIdentities;
import dev.cadenza.gateway.identity.ResolveIdentity;
import dev.cadenza.gateway.identity.VerifyToken;
import dev.cadenza.gateway.identity.WrongCredentials;
import dev.cadenza.gateway.route.ServiceAddresses;
import dev.cadenza.platform.core.identity.Revocations;
import dev.cadenza.platform.web.ClientOrigins;
import dev.cadenza.platform.web.security.SecuritySettings;
import dev.cadenza.platform.web.security.Tokens;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

    private static final String INTERNAL_ISSUER = "cadenza-internal";

    /** Tokens for keys and sessions are put on here, so whoever comes with one from outside has stolen it. */
    IdentityConfiguration(SecuritySettings security) {
        if (security.issuers().stream().anyMatch(issuer -> issuer.issuer().equals(INTERNAL_ISSUER))) {
            throw new IllegalStateException("cadenza.security.issuers: the gateway believes no " + INTERNAL_ISSUER);
        }
    }

    @Bean
    KnownIdentities knownIdentities(
            ServiceAddresses addresses,
            IdentitySettings settings,
            CircuitBreakerRegistry breakers,
            ObjectProvider<Revocations> revocations,
            JsonMapper json,
            MeterRegistry meters,
            Clock clock) {
        return new KnownIdentities(
                new AskAuthService(addresses.of("auth"), settings.timeout(), breakers.circuitBreaker("auth"), json),
                revocations.orderedStream().toList(),
                settings,
                meters,
                clock);
    }

    @Bean
    ResolveIdentity resolveIdentity(KnownIdentities identities, WrongCredentials wrong, ClientOrigins origins) {
        return new ResolveIdentity(identities, wrong, origins);
    }

    @Bean
    AdmitIdentity admitIdentity(KnownOrigins origins) {
        return new AdmitIdentity(origins);
    }

    @Bean
    VerifyToken verifyToken(Tokens tokens, SecuritySettings security) {
        return new VerifyToken(tokens, security.longestToken());
    }
}
