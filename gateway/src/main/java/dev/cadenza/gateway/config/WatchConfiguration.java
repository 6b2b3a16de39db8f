package dev.cadenza.gateway.config;

import dev.cadenza.gateway.watch.AccessLog;
import dev.cadenza.gateway.watch.ManagementPort;
import dev.cadenza.gateway.watch.RequestMetrics;
import dev.cadenza.gateway.watch.WatchRequests;
import dev.cadenza.gateway.watch.WatchSettings;
import dev.cadenza.gateway.watch.Watcher;
import dev.cadenza.gateway.watch.messaging.AccessEvents;
import dev.cadenza.platform.events.EventSettings;
import dev.cadenza.platform.events.LossyEvents;
import dev.cadenza.platform.web.ClientOrigins;
import dev.cadenza.platform.web.dialect.DialectErrors;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WatchConfiguration {

    /** Requests are measured by {@link RequestMetrics} alone; every layer measuring them again costs more than they do. */
    @Bean
    ObservationRegistry observations() {
        return ObservationRegistry.NOOP;
    }

    @Bean
    ManagementPort managementPort(ApplicationContext context) {
        return new ManagementPort(context);
    }

    @Bean
    WatchRequests watchRequests(
            ManagementPort managementPort,
            ClientOrigins origins,
            DialectErrors errors,
            ObjectProvider<Watcher> watchers,
            MeterRegistry meters,
            Clock clock) {
        WatchRequests watch = new WatchRequests(
                managementPort, origins, errors, watchers.orderedStream().toList(), clock);
        Gauge.builder("gateway.requests.active", watch, WatchRequests::active)
                .description("Requests that are not answered yet")
                .register(meters);
        return watch;
    }

    @Bean
    AccessLog accessLog() {
        return new AccessLog();
    }

    @Bean
    RequestMetrics requestMetrics(MeterRegistry meters) {
        return new RequestMetrics(meters);
    }

    @Bean
    AccessEvents accessEvents(LossyEvents events, WatchSettings settings, MeterRegistry meters, Clock clock) {
        return new AccessEvents(events, settings, meters, clock);
    }

    @Bean
    NewTopic accessTopic(EventSettings settings) {
        return settings.factTopic(AccessEvents.TOPIC);
    }
}
