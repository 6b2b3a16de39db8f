package dev.cadenza.processing.config;

import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.events.PeriodicTask;
import dev.cadenza.platform.jobs.JobObjects;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.platform.web.security.OpenRoutes;
import dev.cadenza.processing.file.FileSettings;
import dev.cadenza.processing.file.SweepFiles;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Answers requests, owns the files, hands out the jobs. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "cadenza.role", havingValue = "api", matchIfMissing = true)
@ComponentScan({"dev.cadenza.processing.file", "dev.cadenza.processing.api"})
@ConfigurationPropertiesScan({"dev.cadenza.processing.file", "dev.cadenza.processing.api"})
class ApiRole {

    @Bean
    Supplier<UUID> ids() {
        return Ids.timeOrdered();
    }

    @Bean
    PeriodicTask sweeping(SweepFiles sweep, FileSettings settings) {
        return new PeriodicTask("sweeping", settings.sweep().interval(), sweep::sweep);
    }

    @Bean
    JobObjects jobObjects(ObjectStore store) {
        return store::deletePrefix;
    }

    /** The controller itself asks for an identity or a signature. */
    @Bean
    OpenRoutes signedMedia() {
        return OpenRoutes.of(HttpMethod.GET, "/media/uploads/vocal_separation/**");
    }
}
