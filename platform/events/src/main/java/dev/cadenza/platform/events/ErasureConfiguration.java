package dev.cadenza.platform.events;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Erasing of deleted accounts, where the service keeps {@link PersonalData}. */
@AutoConfiguration(after = StoreConfiguration.class)
@ConditionalOnBean({Aggregates.class, PersonalData.class})
@EnableConfigurationProperties(ErasureSettings.class)
public class ErasureConfiguration {

    @Bean
    Erasures erasures(
            Aggregates aggregates,
            ObjectProvider<PersonalData> data,
            @Value("${spring.application.name}") String service,
            ErasureSettings settings,
            Clock clock) {
        return new Erasures(aggregates, data.orderedStream().toList(), service, settings, clock);
    }

    @Bean
    PeriodicTask erasing(Erasures erasures, ErasureSettings settings) {
        return new PeriodicTask("erasing deleted accounts", settings.poll(), erasures::round);
    }
}
