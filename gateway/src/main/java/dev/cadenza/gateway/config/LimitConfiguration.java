package dev.cadenza.gateway.config;

import dev.cadenza.gateway.identity.WrongCredentials;
import dev.cadenza.gateway.limit.ClusterSettings;
import dev.cadenza.gateway.limit.CounterStore;
import dev.cadenza.gateway.limit.Counters;
import dev.cadenza.gateway.limit.LimitSettings;
import dev.cadenza.gateway.limit.RequestLimits;
import dev.cadenza.gateway.limit.UploadLimit;
import dev.cadenza.gateway.limit.WrongCredentialLimit;
import dev.cadenza.platform.web.ClientOrigins;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    @Bean
    CounterStore counterStore(ClusterSettings settings) {
        return new CounterStore(settings);
    }

    @Bean
    Counters counters(CounterStore store, LimitSettings settings, MeterRegistry meters, Clock clock) {
        return new Counters(store, CircuitBreaker.ofDefaults("counters"), settings, meters, clock);
    }

    @Bean
    WrongCredentials wrongCredentials(Counters counters, LimitSettings settings, ClientOrigins origins, Clock clock) {
        return new WrongCredentialLimit(counters, settings, origins, clock);
    }

    @Bean
    RequestLimits requestLimits(Counters counters, LimitSettings settings, ClientOrigins origins, Clock clock) {
        return new RequestLimits(counters, settings, origins, clock);
    }

    @Bean
    UploadLimit uploadLimit(Counters counters, LimitSettings settings, Clock clock) {
        return new UploadLimit(counters, settings, clock);
    }
}
