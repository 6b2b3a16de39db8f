package dev.cadenza.catalog.search.messaging;

import dev.cadenza.catalog.search.RebuildRequests;
import dev.cadenza.contracts.catalog.v1.SearchRebuildRequested;
import dev.cadenza.platform.events.EventMessage;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the instances tell each other. */
@Configuration(proxyBeanMethods = false)
class SearchMessages {

    @Bean
    BiFunction<UUID, RebuildRequests.Request, EventMessage> rebuildTranslator() {
        return (id, request) ->
                new EventMessage(IndexTail.REBUILD, 1, new SearchRebuildRequested(request.requestedBy(), request.at()));
    }
}
