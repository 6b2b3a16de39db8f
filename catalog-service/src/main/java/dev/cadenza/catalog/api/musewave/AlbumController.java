package dev.cadenza.catalog.api.musewave;

import dev.cadenza.catalog.album.AlbumDetails;
import dev.cadenza.catalog.album.CreateAlbum;
import dev.cadenza.catalog.album.DeleteAlbum;
import dev.cadenza.catalog.album.FindAlbum;
import dev.cadenza.catalog.album.ListAlbums;
import dev.cadenza.catalog.album.ShownAlbum;
import dev.cadenza.catalog.album.UpdateAlbum;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Albums; their documented addresses have no slash at the end. */
@RestController("musewaveAlbumController")
class AlbumController {

    private final ListAlbums list;
    private final FindAlbum find;
    private final CreateAlbum create;
    private final UpdateAlbum update;
    private final DeleteAlbum delete;
    private final Rows rows;

    AlbumController(
            ListAlbums list, FindAlbum find, CreateAlbum create, UpdateAlbum update, DeleteAlbum delete, Rows rows) {
        this.list = list;
        this.find = find;
        this.create = create;
        this.update = update;
        this.delete = delete;
        this.rows = rows;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openMusewaveAlbums() {
        return OpenRoutes.of(
                HttpMethod.GET,
                "/musewave/users/{userId}/albums",
                "/musewave/users/{userId}/albums/",
                "/musewave/albums/{id}",
                "/musewave/albums/{id}/");
    }

    @Paged
    @GetMapping({"/musewave/users/{userId}/albums", "/musewave/users/{userId}/albums/"})
    Mono<List<AlbumJson>> list(
            @PathVariable String userId,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters,
            Optional<Caller> caller) {
        Paging paging = new Query(parameters).paging();
        return Ids.parse(userId)
                .map(owner -> list.of(owner, caller.map(Caller::id).orElse(null), paging)
                        .map(albums -> albums.stream().map(AlbumJson::of).toList()))
                .orElseGet(() -> Mono.just(List.of()));
    }

    @GetMapping({"/musewave/albums/{id}", "/musewave/albums/{id}/"})
    Mono<AlbumJson> one(@PathVariable String id, Optional<Caller> caller) {
        return Mono.defer(
                        () -> find.find(Ids.ofAlbum(id), caller.map(Caller::id).orElse(null)))
                .map(this::whole);
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = AlbumJson.Creation.class))))
    @PostMapping({"/musewave/albums", "/musewave/albums/"})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<AlbumJson> create(@RequestBody Map<String, @Nullable Object> fields, Caller caller) {
        return Mono.defer(() -> {
                    Body.demandOwn(fields, caller);
                    Body body = new Body(fields);
                    AlbumDetails.Change told = AlbumJson.change(body);
                    List<UUID> tracks = body.ids("track_ids");
                    body.refuseWrong();
                    return create.create(caller.id(), caller.username(), told, tracks == null ? List.of() : tracks);
                })
                .map(AlbumJson::of);
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = AlbumJson.Change.class))))
    @PatchMapping({"/musewave/albums/{id}/update", "/musewave/albums/{id}/update/"})
    Mono<AlbumJson> update(@PathVariable String id, @RequestBody Map<String, @Nullable Object> fields, Caller caller) {
        return Mono.defer(() -> find.find(Ids.ofAlbum(id), caller.id()))
                .flatMap(found -> {
                    Body body = new Body(fields);
                    AlbumDetails.Change told = AlbumJson.change(body);
                    List<UUID> tracks = body.ids("track_ids");
                    if (found.album().state().ownedBy(caller.id())) {
                        Body.demandOwn(fields, caller);
                        body.refuseWrong();
                    }
                    return update.update(found.album().id(), caller.id(), told, tracks);
                })
                .map(this::whole);
    }

    @DeleteMapping({"/musewave/albums/{id}/delete", "/musewave/albums/{id}/delete/"})
    Mono<Success> delete(@PathVariable String id, Caller caller) {
        return Mono.defer(() -> delete.delete(Ids.ofAlbum(id), caller.id())).thenReturn(Success.DONE);
    }

    private AlbumJson whole(ShownAlbum shown) {
        return AlbumJson.of(shown, rows.rowsOf(shown.album().id(), shown.tracks()));
    }
}
