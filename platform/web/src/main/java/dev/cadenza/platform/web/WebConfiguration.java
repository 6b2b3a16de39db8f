package dev.cadenza.platform.web;

import dev.cadenza.platform.web.dialect.DialectErrors;
import dev.cadenza.platform.web.drf.DrfBodies;
import dev.cadenza.platform.web.drf.DrfPages;
import dev.cadenza.platform.web.security.CallerArgumentResolver;
import io.micrometer.context.ContextRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.slf4j.MDC;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.multipart.PartEventHttpMessageReader;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import reactor.core.publisher.Hooks;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Request ids, origins, dialect errors and the caller as a parameter, for every service that serves HTTP. */
@AutoConfiguration(before = ErrorWebFluxAutoConfiguration.class)
public class WebConfiguration {

    /**
     * Sets up logging.
     *
     * @param contextInLogs whether every log line names its request; costs time at each step of each request
     */
    WebConfiguration(@Value("${cadenza.web.context-in-logs:true}") boolean contextInLogs) {
        // what the request id filter puts into the Reactor context shows up in the logs, on whichever thread
        ContextRegistry registry = ContextRegistry.getInstance();
        for (String key : new String[] {RequestIds.REQUEST_ID, RequestIds.TRACEPARENT}) {
            registry.registerThreadLocalAccessor(
                    key, () -> MDC.get(key), value -> MDC.put(key, value), () -> MDC.remove(key));
        }
        if (contextInLogs) {
            Hooks.enableAutomaticContextPropagation();
        }
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RequestIds requestIds() {
        return new RequestIds();
    }

    @Bean
    @ConditionalOnMissingBean
    ClientAddress clientAddress() {
        return ClientAddress::fromGateway;
    }

    @Bean
    ClientOrigins clientOrigins(ClientAddress addresses) {
        return new ClientOrigins(addresses);
    }

    @Bean
    DialectErrors dialectErrors(JsonMapper json, Clock clock) {
        return new DialectErrors(json, clock);
    }

    @Bean
    ReadableForms readableForms(
            ServerCodecConfigurer codecs, @Value("${spring.webflux.multipart.file-storage-directory}") Path folder)
            throws IOException {
        Files.createDirectories(folder);
        return codecs.getReaders().stream()
                .filter(PartEventHttpMessageReader.class::isInstance)
                .map(PartEventHttpMessageReader.class::cast)
                .map(events -> new ReadableForms(new FormReader(events), folder))
                .findFirst()
                .orElseThrow();
    }

    /** Where Spring has them at hand: it looks for an advice at each parameter of each request. */
    @Bean
    SmartInitializingSingleton strictIds(ObjectProvider<RequestMappingHandlerAdapter> adapters) {
        return () -> adapters.forEach(adapter -> {
            if (adapter.getWebBindingInitializer() instanceof ConfigurableWebBindingInitializer initializer) {
                initializer.setPropertyEditorRegistrar(new StrictIds());
            }
        });
    }

    @Bean
    DrfPages drfPages(@Value("${cadenza.public-base-url}") URI publicBaseUrl) {
        return new DrfPages(publicBaseUrl);
    }

    @Bean
    DrfBodies drfBodies(ServerCodecConfigurer codecs) {
        return new DrfBodies(codecs);
    }

    /** Bodies of requests. */
    @Bean
    JacksonModule wellFormedText() {
        return new SimpleModule("well-formed-text").addDeserializer(String.class, new WellFormedText());
    }

    @Bean
    WebFluxConfigurer callerParameters(ClientOrigins origins) {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
                configurer.addCustomResolver(new CallerArgumentResolver(), origins);
            }
        };
    }

    /** The caller comes from the token, the origin from the connection: no parameters that a client could send. */
    @Bean
    OperationCustomizer callerIsNoParameter(ClientOrigins origins) {
        CallerArgumentResolver callers = new CallerArgumentResolver();
        return (operation, handler) -> {
            if (operation.getParameters() != null) {
                Stream.of(handler.getMethodParameters())
                        .filter(parameter ->
                                callers.supportsParameter(parameter) || origins.supportsParameter(parameter))
                        .map(parameter -> parameter.getParameter().getName())
                        .forEach(name ->
                                operation.getParameters().removeIf(documented -> name.equals(documented.getName())));
            }
            return operation;
        };
    }
}
