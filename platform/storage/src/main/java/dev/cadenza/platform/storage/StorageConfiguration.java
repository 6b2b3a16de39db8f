package dev.cadenza.platform.storage;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** The object store of a service that says where one is. */
@AutoConfiguration
@ConditionalOnProperty("cadenza.storage.endpoint")
@EnableConfigurationProperties(StorageSettings.class)
public class StorageConfiguration {

    @Bean
    S3ObjectStore objectStore(StorageSettings settings) {
        return new S3ObjectStore(settings);
    }

    @Bean
    @ConditionalOnMissingBean
    BlockingObjectStore blockingObjectStore(ObjectStore store) {
        return new BlockingObjectStore(store);
    }

    @Bean
    BucketCreation bucketCreation(S3ObjectStore store) {
        return new BucketCreation(store);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ReactiveHealthIndicator.class)
    static class HealthConfiguration {

        @Bean
        ReactiveHealthIndicator objectStoreHealthIndicator(S3ObjectStore store) {
            return () -> store.reachable()
                    .map(there -> there ? Health.up().build() : Health.down().build())
                    .onErrorResume(e -> Mono.just(Health.down().build()));
        }
    }
}
