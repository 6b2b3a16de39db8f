package dev.cadenza.platform.events;

import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoReactiveAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Mono;

/** The service's database, its collections, and the relay that publishes their outboxes; not in workers. */
@AutoConfiguration(
        after = {MongoReactiveAutoConfiguration.class, KafkaConfiguration.class},
        beforeName =
                "org.springframework.boot.mongodb.autoconfigure.health.MongoReactiveHealthContributorAutoConfiguration")
@ConditionalOnBean(MongoClient.class)
@ConditionalOnProperty(name = "cadenza.role", havingValue = "api", matchIfMissing = true)
public class StoreConfiguration {

    private static final Duration FORGETTING = Duration.ofMinutes(10);

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Before Spring Boot's own, so that options in the connection string win. */
    @Bean
    @Order(-1)
    MongoClientSettingsBuilderCustomizer mongoTimeouts() {
        return settings -> settings.applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(5, TimeUnit.SECONDS))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(3, TimeUnit.SECONDS).readTimeout(15, TimeUnit.SECONDS))
                .applyToConnectionPoolSettings(
                        pool -> pool.maxWaitTime(5, TimeUnit.SECONDS).maxSize(50))
                .applyToServerSettings(server -> server.heartbeatFrequency(3, TimeUnit.SECONDS));
    }

    /** After Spring Boot's own, which leaves it open how ids are written unless a property says it. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    MongoClientSettingsBuilderCustomizer mongoUuids() {
        return settings -> settings.uuidRepresentation(UuidRepresentation.STANDARD);
    }

    @Bean
    MongoDatabase mongoDatabase(MongoClient client, MongoConnectionDetails connection) {
        String name = connection.getConnectionString().getDatabase();
        if (name == null) {
            throw new IllegalStateException("spring.mongodb.uri names no database");
        }
        return client.getDatabase(name)
                .withCodecRegistry(StateCodecs.REGISTRY)
                .withReadPreference(ReadPreference.primary())
                // what was answered is on disk, and survives the loss of a member
                .withWriteConcern(WriteConcern.MAJORITY);
    }

    @Bean
    Aggregates aggregates(MongoDatabase mongoDatabase, Clock clock, EventSettings settings) {
        return new Aggregates(mongoDatabase, clock, settings);
    }

    @Bean
    Inbox inbox(Aggregates aggregates) {
        return aggregates.inbox();
    }

    /** What is kept of requests with an {@code Idempotency-Key}. */
    @Bean
    @ConditionalOnProperty(name = "cadenza.idempotency.enabled", havingValue = "true", matchIfMissing = true)
    MongoIdempotency idempotency(Aggregates aggregates) {
        return aggregates.idempotency();
    }

    @Bean
    @ConditionalOnBean(MongoIdempotency.class)
    PeriodicTask forgettingRequests(MongoIdempotency idempotency) {
        return new PeriodicTask("forgetting requests", FORGETTING, idempotency::sweep);
    }

    @Bean
    StoreReadiness storeReadiness(Aggregates aggregates, ApplicationContext application) {
        return new StoreReadiness(aggregates, application);
    }

    @Bean
    Relay relay(
            Aggregates aggregates,
            EventSender sender,
            EventSettings settings,
            ObjectProvider<MeterRegistry> metrics,
            Clock clock) {
        return new Relay(aggregates, sender, settings.relay(), metrics.getIfAvailable(SimpleMeterRegistry::new), clock);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ReactiveHealthIndicator.class)
    static class HealthConfiguration {

        /** In place of Spring Boot's own, whose {@code hello} some servers answer in the database admin only. */
        @Bean
        ReactiveHealthIndicator mongoHealthIndicator(MongoDatabase mongoDatabase) {
            return () -> Mono.from(mongoDatabase.runCommand(new Document("ping", 1)))
                    .map(pong -> Health.up().build())
                    .onErrorResume(e -> Mono.just(Health.down().build()));
        }
    }
}
