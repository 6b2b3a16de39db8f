package dev.cadenza.gateway.config;

import dev.cadenza.gateway.docs.DocsHandler;
import dev.cadenza.gateway.docs.DocsSettings;
import dev.cadenza.gateway.docs.JoinedDocument;
import dev.cadenza.gateway.docs.Pages;
import dev.cadenza.gateway.docs.ServiceDescriptions;
import dev.cadenza.gateway.edge.EdgeSettings;
import dev.cadenza.gateway.route.RouteTable;
import dev.cadenza.gateway.route.Routes;
import dev.cadenza.gateway.route.Row;
import dev.cadenza.gateway.route.ServiceAddresses;
import dev.cadenza.platform.events.PeriodicTask;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
class DocsConfiguration {

    /** After the route table: what it routes does not even ask whether it is a page. */
    private static final int AFTER_ROUTES = 2;

    @Bean(destroyMethod = "dispose")
    Scheduler docsScheduler() {
        return Schedulers.newBoundedElastic(2, 1_000, "docs");
    }

    @Bean
    JoinedDocument joinedDocument(EdgeSettings edge, ObjectProvider<BuildProperties> build) {
        BuildProperties known = build.getIfAvailable();
        String version = known == null ? null : known.getVersion();
        return new JoinedDocument(
                new Routes(RouteTable.ROWS),
                version == null ? "unknown" : version,
                edge.publicBaseUrl().toString());
    }

    @Bean
    PeriodicTask describing(
            ServiceAddresses addresses,
            JoinedDocument joinedDocument,
            DocsSettings settings,
            Clock clock,
            Scheduler docsScheduler) {
        Map<String, URI> services = RouteTable.ROWS.stream()
                .map(Row::service)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), addresses::of));
        ServiceDescriptions descriptions =
                new ServiceDescriptions(services, joinedDocument, settings, clock, docsScheduler);
        return new PeriodicTask("describing the services", settings.retry(), descriptions::round);
    }

    @Bean
    SimpleUrlHandlerMapping docsPages(EdgeSettings edge, JoinedDocument joinedDocument, Scheduler docsScheduler) {
        DocsHandler handler = new DocsHandler(new Pages(edge.ownOrigin(), docsScheduler), joinedDocument);
        return new SimpleUrlHandlerMapping(
                DocsHandler.PATTERNS.stream().collect(Collectors.toMap(Function.identity(), pattern -> handler)),
                AFTER_ROUTES);
    }
}
