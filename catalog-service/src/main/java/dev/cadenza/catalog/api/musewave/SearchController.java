package dev.cadenza.catalog.api.musewave;

import dev.cadenza.catalog.search.Kind;
import dev.cadenza.catalog.search.ListArtists;
import dev.cadenza.catalog.search.RebuildIndex;
import dev.cadenza.catalog.search.SearchEverything;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Search, and who has published tracks. */
@RestController("musewaveSearchController")
class SearchController {

    private final SearchEverything search;
    private final ListArtists artists;
    private final RebuildIndex rebuild;
    private final Rows rows;

    SearchController(SearchEverything search, ListArtists artists, RebuildIndex rebuild, Rows rows) {
        this.search = search;
        this.artists = artists;
        this.rebuild = rebuild;
        this.rows = rows;
    }

    record Found(List<TrackJson> tracks, List<PersonJson> users) {}

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openMusewaveSearch() {
        return OpenRoutes.of(
                HttpMethod.GET, "/musewave/search", "/musewave/search/", "/musewave/artists", "/musewave/artists/");
    }

    @Parameter(in = ParameterIn.QUERY, name = "q", required = true, schema = @Schema(type = "string", maxLength = 200))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "type",
            description = "limit and offset count each kind by itself",
            schema =
                    @Schema(
                            allowableValues = {"tracks", "users", "all"},
                            defaultValue = "all"))
    @Paged
    @GetMapping({"/musewave/search", "/musewave/search/"})
    Mono<Found> search(
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters, Optional<Caller> caller) {
        UUID viewer = caller.map(Caller::id).orElse(null);
        Query query = new Query(parameters);
        String text = query.text("q");
        if (text == null) {
            throw Query.wrong("q", "is required");
        }
        return search.search(text, kinds(query), viewer, query.paging())
                .flatMap(found -> rows.rows(found.tracks().items(), viewer)
                        .map(tracks -> new Found(
                                tracks,
                                found.people().items().stream()
                                        .map(PersonJson::of)
                                        .toList())));
    }

    @Paged
    @GetMapping({"/musewave/artists", "/musewave/artists/"})
    Mono<List<PersonJson>> artists(@Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        return artists.artists(new Query(parameters).paging())
                .map(page -> page.items().stream().map(PersonJson::of).toList());
    }

    @PostMapping({"/musewave/search/rebuild", "/musewave/search/rebuild/"})
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Success> rebuild(Caller caller) {
        return caller.isAdmin()
                ? rebuild.rebuild(caller.id()).thenReturn(Success.DONE)
                : Mono.error(
                        Failure.forbidden("search.admin_only", "Only administrators may rebuild the search index."));
    }

    private static Set<Kind> kinds(Query query) {
        return switch (query.text("type")) {
            case "tracks" -> EnumSet.of(Kind.TRACKS);
            case "users" -> EnumSet.of(Kind.USERS);
            case "all" -> EnumSet.of(Kind.TRACKS, Kind.USERS);
            case null -> EnumSet.of(Kind.TRACKS, Kind.USERS);
            default -> throw Query.wrong("type", "must be tracks, users or all");
        };
    }
}
