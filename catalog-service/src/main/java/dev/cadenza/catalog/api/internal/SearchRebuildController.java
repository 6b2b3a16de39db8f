package dev.cadenza.catalog.api.internal;

import dev.cadenza.catalog.search.IndexUpdates;
import dev.cadenza.platform.web.security.OpenRoutes;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Makes the search index of this instance anew, and answers when it is done. */
@RestController
class SearchRebuildController {

    private static final String PATH = "/internal/search/rebuild";

    private final IndexUpdates index;

    SearchRebuildController(IndexUpdates index) {
        this.index = index;
    }

    record Rebuilt(long things) {}

    @PostMapping(PATH)
    Mono<Rebuilt> rebuild() {
        return index.rebuilt().map(Rebuilt::new);
    }

    @Bean
    static OpenRoutes openSearchRebuild() {
        return OpenRoutes.of(HttpMethod.POST, PATH);
    }
}
