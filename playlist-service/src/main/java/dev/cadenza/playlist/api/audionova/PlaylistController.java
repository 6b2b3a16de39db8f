package dev.cadenza.playlist.api.audionova;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.Uploads;
import dev.cadenza.platform.web.drf.DrfBodies;
import dev.cadenza.platform.web.drf.DrfFields;
import dev.cadenza.platform.web.drf.DrfPage;
import dev.cadenza.platform.web.drf.DrfPages;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import dev.cadenza.playlist.api.CoverAddresses;
import dev.cadenza.playlist.playlist.CoverSettings;
import dev.cadenza.playlist.playlist.CreatePlaylist;
import dev.cadenza.playlist.playlist.DeletePlaylist;
import dev.cadenza.playlist.playlist.FindPlaylist;
import dev.cadenza.playlist.playlist.ListPlaylists;
import dev.cadenza.playlist.playlist.Permission;
import dev.cadenza.playlist.playlist.Playlist;
import dev.cadenza.playlist.playlist.PlaylistFacts;
import dev.cadenza.playlist.playlist.PlaylistFilter;
import dev.cadenza.playlist.playlist.ReadPlaylist;
import dev.cadenza.playlist.playlist.UniqueNames;
import dev.cadenza.playlist.playlist.UpdatePlaylist;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Playlists: one's own, everybody's, one, its songs; made, changed, deleted. */
@RestController("audionovaPlaylistController")
class PlaylistController {

    private final ListPlaylists list;
    private final FindPlaylist find;
    private final ReadPlaylist read;
    private final CreatePlaylist create;
    private final UpdatePlaylist update;
    private final DeletePlaylist delete;
    private final UniqueNames names;
    private final CoverSettings settings;
    private final CoverAddresses covers;
    private final DrfBodies bodies;
    private final DrfPages pages;

    PlaylistController(
            ListPlaylists list,
            FindPlaylist find,
            ReadPlaylist read,
            CreatePlaylist create,
            UpdatePlaylist update,
            DeletePlaylist delete,
            UniqueNames names,
            CoverSettings settings,
            CoverAddresses covers,
            DrfBodies bodies,
            DrfPages pages) {
        this.list = list;
        this.find = find;
        this.read = read;
        this.create = create;
        this.update = update;
        this.delete = delete;
        this.names = names;
        this.settings = settings;
        this.covers = covers;
        this.bodies = bodies;
        this.pages = pages;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openPlaylists() {
        return OpenRoutes.of(
                HttpMethod.GET,
                "/api/public-playlists",
                "/api/public-playlists/",
                "/api/playlist/{id}",
                "/api/playlist/{id}/");
    }

    @GetMapping({"/api/public-playlists", "/api/public-playlists/"})
    Mono<DrfPage<PlaylistJson>> everybodys(ServerWebExchange exchange) {
        return page(new PlaylistFilter(null, null, true, null), exchange);
    }

    @GetMapping({"/api/playlists", "/api/playlists/"})
    Mono<DrfPage<PlaylistJson>> own(Caller caller, ServerWebExchange exchange) {
        return page(new PlaylistFilter(caller.id(), caller.id(), null, null), exchange);
    }

    private Mono<DrfPage<PlaylistJson>> page(PlaylistFilter filter, ServerWebExchange exchange) {
        return pages.page(
                exchange.getRequest(), paging -> list.list(filter, paging).map(page -> page.map(this::json)));
    }

    @GetMapping({"/api/playlist/{id}", "/api/playlist/{id}/"})
    Mono<PlaylistJson.Details> details(@PathVariable String id, Optional<Caller> caller) {
        UUID viewer = caller.map(Caller::id).orElse(null);
        return found(id, viewer)
                .flatMap(playlist -> read.read(playlist.id(), viewer))
                .map(contents -> PlaylistJson.Details.of(contents, covers))
                .onErrorMap(PlaylistFailures::worded);
    }

    @GetMapping({"/api/playlists/{id}", "/api/playlists/{id}/"})
    Mono<PlaylistJson> one(@PathVariable String id, Caller caller) {
        return found(id, caller.id()).map(this::json).onErrorMap(PlaylistFailures::worded);
    }

    @Operation(
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = PlaylistJson.Upload.class))))
    @PostMapping({"/api/playlists", "/api/playlists/"})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<PlaylistJson> create(Caller caller, ServerWebExchange exchange) {
        return bodies.of(exchange)
                .flatMap(fields -> {
                    String name = fields.requiredText("name", Playlist.LONGEST_TITLE);
                    PlaylistFacts facts = new PlaylistFacts(name, null, fields.flag("is_public"));
                    FilePart cover = cover(fields);
                    fields.refuseWrong();
                    return names.made(
                            caller.id(),
                            name,
                            withFile(cover, path -> create.create(caller.id(), caller.username(), facts, path)));
                })
                .map(this::json)
                .onErrorMap(PlaylistFailures::worded);
    }

    @Operation(
            requestBody =
                    @RequestBody(content = @Content(schema = @Schema(implementation = PlaylistJson.Upload.class))))
    @PutMapping({"/api/playlists/{id}", "/api/playlists/{id}/"})
    Mono<PlaylistJson> replace(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return change(id, caller, exchange, true);
    }

    @Operation(
            requestBody =
                    @RequestBody(content = @Content(schema = @Schema(implementation = PlaylistJson.Upload.class))))
    @PatchMapping({"/api/playlists/{id}", "/api/playlists/{id}/"})
    Mono<PlaylistJson> update(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return change(id, caller, exchange, false);
    }

    private Mono<PlaylistJson> change(String id, Caller caller, ServerWebExchange exchange, boolean whole) {
        return found(id, caller.id())
                // to others, nothing is wrong but that they try
                .doOnNext(playlist -> playlist.state().open(caller.id(), Permission.ADMIN))
                .flatMap(
                        playlist -> bodies.of(exchange).flatMap(fields -> change(playlist, caller.id(), fields, whole)))
                .map(this::json)
                .onErrorMap(PlaylistFailures::worded);
    }

    private Mono<Versioned<Playlist>> change(Versioned<Playlist> playlist, UUID user, DrfFields fields, boolean whole) {
        // the document calls it both
        String field = fields.has("name") || !fields.has("title") ? "name" : "title";
        String name =
                whole ? fields.requiredText(field, Playlist.LONGEST_TITLE) : fields.text(field, Playlist.LONGEST_TITLE);
        PlaylistFacts facts = new PlaylistFacts(name, null, fields.flag("is_public"));
        boolean without = isCleared(fields);
        FilePart cover = without ? null : cover(fields);
        fields.refuseWrong();
        return names.renamed(
                playlist,
                name,
                without
                        ? update.update(playlist.id(), user, facts, new UpdatePlaylist.CoverChange(null))
                        : withFile(
                                cover,
                                path -> update.update(
                                        playlist.id(),
                                        user,
                                        facts,
                                        path == null ? null : new UpdatePlaylist.CoverChange(path))));
    }

    @DeleteMapping({"/api/playlists/{id}", "/api/playlists/{id}/"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@PathVariable String id, Caller caller) {
        return found(id, caller.id())
                .flatMap(playlist -> delete.delete(playlist.id(), caller.id()))
                .onErrorMap(PlaylistFailures::worded);
    }

    private Mono<Versioned<Playlist>> found(String id, @Nullable UUID viewer) {
        return Mono.defer(() -> find.find(Numbers.ofPath(id, PlaylistFailures.noPlaylist()), viewer));
    }

    private static @Nullable FilePart cover(DrfFields fields) {
        return isCleared(fields) ? null : fields.file("cover_image");
    }

    /** JSON says null, a form nothing. */
    private static boolean isCleared(DrfFields fields) {
        Object value = fields.values().get("cover_image");
        return fields.has("cover_image")
                && (value instanceof String text
                        ? text.isEmpty()
                        : value == null && fields.values().containsKey("cover_image"));
    }

    private <T> Mono<T> withFile(@Nullable FilePart part, Function<@Nullable Path, Mono<T>> work) {
        return part == null
                ? Mono.defer(() -> work.apply(null))
                : Uploads.withFile(
                        part,
                        settings.maxFileSize(),
                        file -> file.size() == 0
                                ? Mono.error(Failure.invalidField("cover_image", "The submitted file is empty."))
                                : work.apply(file.path()));
    }

    private PlaylistJson json(Versioned<Playlist> playlist) {
        return PlaylistJson.of(playlist, covers);
    }
}
