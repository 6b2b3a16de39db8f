package dev.cadenza.platform.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A service with nothing but events; several instances of it may run at once. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class EventsTestApplication {

    /** Starts an instance with short times; {@code beans} are configuration classes. */
    static ConfigurableApplicationContext start(
            String mongoUri, String kafka, List<Class<?>> beans, String... properties) {
        List<Class<?>> sources = new ArrayList<>(beans);
        sources.add(EventsTestApplication.class);
        List<String> all = new ArrayList<>(List.of(
                "spring.mongodb.uri=" + mongoUri,
                "spring.kafka.bootstrap-servers=" + kafka,
                "spring.main.banner-mode=off",
                "spring.main.log-startup-info=false",
                "cadenza.events.partitions=2",
                "cadenza.revocations.patience=500ms",
                "cadenza.events.relay.lease=2s",
                "cadenza.events.relay.poll=100ms",
                "cadenza.events.relay.max-back-off=500ms",
                "cadenza.events.consumer.attempts=3",
                "cadenza.events.consumer.back-off=20ms",
                "cadenza.events.consumer.max-back-off=100ms"));
        all.addAll(Arrays.asList(properties));
        return new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .properties(all.toArray(String[]::new))
                .run();
    }

    /** A database name that no other test uses. */
    static String database() {
        return "events_" + UUID.randomUUID().toString().replace("-", "");
    }
}
