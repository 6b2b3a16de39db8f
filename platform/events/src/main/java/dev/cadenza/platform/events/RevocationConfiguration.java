package dev.cadenza.platform.events;

import dev.cadenza.platform.core.identity.RevocationListener;
import dev.cadenza.platform.core.identity.Revocations;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;
import reactor.core.publisher.Mono;

/** {@link Revocations} for everything that serves requests; workers serve none. */
@AutoConfiguration(after = {KafkaConfiguration.class, StoreConfiguration.class})
@ConditionalOnProperty(name = "cadenza.role", havingValue = "api", matchIfMissing = true)
@EnableConfigurationProperties(RevocationSettings.class)
public class RevocationConfiguration {

    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    @Bean
    NewTopic revocationTopic(EventSettings settings) {
        return settings.factTopic(RevocationTail.TOPIC);
    }

    @Bean
    RevocationTail revocations(
            ConsumerFactory<String, byte[]> eventConsumerFactory,
            RevocationSettings settings,
            ObjectProvider<RevocationListener> listeners,
            ObjectProvider<Clock> clock) {
        return new RevocationTail(
                eventConsumerFactory.getConfigurationProperties(),
                settings,
                listeners.orderedStream().toList(),
                clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    PeriodicTask forgettingRevocations(RevocationTail revocations) {
        return new PeriodicTask("forgetting revocations", FORGET_EVERY, () -> Mono.fromRunnable(revocations::forget));
    }
}
