package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.search.Kind;
import dev.cadenza.catalog.search.SearchEverything;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Search over everything. */
@RestController("vezaSearchController")
class SearchController {

    private final SearchEverything search;
    private final TrackView view;

    SearchController(SearchEverything search, TrackView view) {
        this.search = search;
        this.view = view;
    }

    record ResultJson(
            List<TrackJson> tracks,
            List<AlbumJson> albums,
            List<PlaylistJson> playlists,
            List<UserJson> users,
            long total) {
        static ResultJson of(SearchEverything.Result found, TrackView view) {
            return new ResultJson(
                    view.all(found.tracks()),
                    found.albums().items().stream()
                            .map(album -> new AlbumJson(
                                    album.id(),
                                    album.state().details().title(),
                                    album.state().details().artist(),
                                    album.state().details().isPublic()))
                            .toList(),
                    found.playlists().items().stream()
                            .map(playlist -> new PlaylistJson(
                                    playlist.id(),
                                    playlist.title(),
                                    playlist.description(),
                                    playlist.isPublic(),
                                    playlist.trackCount()))
                            .toList(),
                    found.people().items().stream()
                            .map(person -> new UserJson(person.id(), person.username()))
                            .toList(),
                    found.total());
        }
    }

    record AlbumJson(UUID id, String title, String artist, boolean isPublic) {}

    record PlaylistJson(UUID id, String title, String description, boolean isPublic, int trackCount) {}

    record UserJson(UUID id, String username) {}

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openSearch() {
        return OpenRoutes.of(HttpMethod.GET, "/api/v1/search");
    }

    /** {@code page} and {@code limit} are those of each kind. */
    @GetMapping("/api/v1/search")
    Mono<VezaEnvelope<ResultJson>> search(@RequestParam MultiValueMap<String, String> query, Optional<Caller> caller) {
        Parameters parameters = new Parameters(query);
        String text = parameters.text("q");
        if (text == null) {
            throw Failure.unreadable("parameter.missing", "The parameter 'q' is required.");
        }
        return search.search(
                        text,
                        kinds(parameters.word("type", "tracks", "albums", "playlists", "users")),
                        caller.map(Caller::id).orElse(null),
                        parameters.page())
                .map(found -> VezaEnvelope.data(ResultJson.of(found, view)));
    }

    private static Set<Kind> kinds(@Nullable String word) {
        return switch (word) {
            case "tracks" -> EnumSet.of(Kind.TRACKS);
            case "albums" -> EnumSet.of(Kind.ALBUMS);
            case "playlists" -> EnumSet.of(Kind.PLAYLISTS);
            case "users" -> EnumSet.of(Kind.USERS);
            case null, default -> EnumSet.allOf(Kind.class);
        };
    }
}
