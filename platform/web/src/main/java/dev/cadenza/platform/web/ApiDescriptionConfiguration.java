package dev.cadenza.platform.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.cadenza.platform.web.security.OpenRoutes;
import dev.cadenza.platform.web.security.TokenlessRoutes;
import io.swagger.v3.core.jackson.ModelResolver;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The OpenAPI description of every service that has one. */
@AutoConfiguration
@ConditionalOnProperty(name = "springdoc.api-docs.enabled", matchIfMissing = true)
public class ApiDescriptionConfiguration {

    @Bean
    OpenApiCustomizer apiDescription(
            @Value("${spring.application.name:service}") String service,
            @Value("${cadenza.public-base-url}") String publicBaseUrl,
            ObjectProvider<OpenRoutes> open,
            ObjectProvider<TokenlessRoutes> tokenless) {
        return new ApiDescription(
                service,
                publicBaseUrl,
                open.stream().toList(),
                tokenless.stream().toList());
    }

    /** The description is made with another JSON library than the bodies: it has to be told how fields and types are called. */
    @Bean
    ModelResolver bodies(ObjectMapperProvider mappers) {
        return new ModelResolver(
                mappers.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE),
                new SchemaNames());
    }
}
