package dev.cadenza.platform.web.idempotency;

import dev.cadenza.platform.core.idempotency.IdempotencyStore;
import dev.cadenza.platform.web.dialect.DialectErrors;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;

/** Where there is a place to remember requests. */
@AutoConfiguration(
        afterName = {"dev.cadenza.platform.web.WebConfiguration", "dev.cadenza.platform.events.StoreConfiguration"})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(IdempotencyStore.class)
@ConditionalOnProperty(name = "cadenza.idempotency.enabled", havingValue = "true", matchIfMissing = true)
@EnableConfigurationProperties(IdempotencySettings.class)
public class IdempotencyConfiguration {

    @Bean
    IdempotencyFilter idempotencyFilter(IdempotencyStore store, IdempotencySettings settings, DialectErrors errors) {
        return new IdempotencyFilter(store, settings, errors);
    }

    /** Below everything that reads bodies: forms are read past what filters put around a request. */
    @Bean
    HttpHandlerDecoratorFactory watchedBodies() {
        return handler -> (request, response) -> {
            if (!HttpMethod.POST.equals(request.getMethod())
                    || !request.getHeaders().containsHeader(IdempotencyFilter.HEADER)) {
                return handler.handle(request, response);
            }
            WatchedBody body = new WatchedBody(request);
            return handler.handle(body, response).contextWrite(context -> context.put(WatchedBody.class, body));
        };
    }
}
