package dev.cadenza.catalog.api.audionova;

import dev.cadenza.catalog.api.MediaAddresses;
import dev.cadenza.catalog.track.BrowseTracks;
import dev.cadenza.catalog.track.TrackFilter;
import dev.cadenza.catalog.track.TrackOrder;
import dev.cadenza.platform.web.drf.DrfPage;
import dev.cadenza.platform.web.drf.DrfPages;
import dev.cadenza.platform.web.security.OpenRoutes;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Finds public songs. */
@RestController("audionovaSearchController")
class SearchController {

    private final BrowseTracks browse;
    private final MediaAddresses addresses;
    private final DrfPages pages;

    SearchController(BrowseTracks browse, MediaAddresses addresses, DrfPages pages) {
        this.browse = browse;
        this.addresses = addresses;
        this.pages = pages;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openSongSearch() {
        return OpenRoutes.of(HttpMethod.GET, "/api/search-songs", "/api/search-songs/");
    }

    @Parameter(
            name = "title",
            in = ParameterIn.QUERY,
            description = "words that the title has",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "genre",
            in = ParameterIn.QUERY,
            description = "the whole genre, in any case",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "page",
            in = ParameterIn.QUERY,
            description = "from 1, or last",
            schema = @Schema(type = "string"))
    @GetMapping({"/api/search-songs", "/api/search-songs/"})
    Mono<DrfPage<SongJson>> search(ServerWebExchange exchange) {
        TrackFilter filter = TrackFilter.published(text(exchange, "title"), text(exchange, "genre"));
        return pages.page(
                exchange.getRequest(),
                paging -> browse.browse(filter, TrackOrder.BEST, paging)
                        .map(page -> page.map(track -> SongJson.of(track, addresses))));
    }

    /** Null where it is absent or blank, which restricts nothing, as in Django's filters. */
    private static @Nullable String text(ServerWebExchange exchange, String name) {
        String text = exchange.getRequest().getQueryParams().getFirst(name);
        return text == null || text.isBlank() ? null : text;
    }
}
