package dev.cadenza.catalog.config;

import dev.cadenza.platform.core.Ids;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the features need and nobody else makes. */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

    @Bean
    Supplier<UUID> ids() {
        return Ids.timeOrdered();
    }
}
