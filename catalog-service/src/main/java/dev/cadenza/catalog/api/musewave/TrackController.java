package dev.cadenza.catalog.api.musewave;

import dev.cadenza.catalog.track.BrowseTracks;
import dev.cadenza.catalog.track.DeleteTrack;
import dev.cadenza.catalog.track.DescribeTrack;
import dev.cadenza.catalog.track.FindTrack;
import dev.cadenza.catalog.track.LinkTrack;
import dev.cadenza.catalog.track.LinkedAudio;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackFilter;
import dev.cadenza.catalog.track.TrackOrder;
import dev.cadenza.catalog.track.UploadTrack;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
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

/** Tracks: list, one, create, change, delete. */
@RestController("musewaveTrackController")
class TrackController {

    private final BrowseTracks browse;
    private final FindTrack find;
    private final LinkTrack link;
    private final DescribeTrack describe;
    private final DeleteTrack delete;
    private final Rows rows;

    TrackController(
            BrowseTracks browse,
            FindTrack find,
            LinkTrack link,
            DescribeTrack describe,
            DeleteTrack delete,
            Rows rows) {
        this.browse = browse;
        this.find = find;
        this.link = link;
        this.describe = describe;
        this.delete = delete;
        this.rows = rows;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openMusewaveTracks() {
        return OpenRoutes.of(
                HttpMethod.GET,
                "/musewave/tracks",
                "/musewave/tracks/",
                "/musewave/tracks/{id}",
                "/musewave/tracks/{id}/");
    }

    @Parameter(in = ParameterIn.QUERY, name = "user_id", description = "also userId", schema = @Schema(type = "string"))
    @Parameter(in = ParameterIn.QUERY, name = "genre", schema = @Schema(type = "string"))
    @Parameter(in = ParameterIn.QUERY, name = "mood", schema = @Schema(type = "string"))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "tags",
            description = "all of them, separated by commas",
            schema = @Schema(type = "string"))
    @Parameter(in = ParameterIn.QUERY, name = "published", schema = @Schema(type = "boolean"))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "sort_by",
            description = "also sortBy",
            schema =
                    @Schema(
                            allowableValues = {
                                "created_at",
                                "updated_at",
                                "published_at",
                                "title",
                                "artist",
                                "audio_duration",
                                "plays",
                                "likes",
                                "downloads"
                            }))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "sort_order",
            description = "also sortOrder",
            schema = @Schema(allowableValues = {"asc", "desc"}))
    @Paged
    @GetMapping({"/musewave/tracks", "/musewave/tracks/"})
    Mono<List<TrackJson>> list(
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters, Optional<Caller> caller) {
        UUID viewer = viewer(caller);
        Query query = new Query(parameters);
        Paging paging = query.paging();
        TrackOrder order = order(query);
        String user = query.text("user_id");
        Optional<UUID> owner = user == null ? Optional.empty() : Ids.parse(user);
        TrackFilter filter = new TrackFilter(
                viewer,
                owner.orElse(null),
                null,
                null,
                query.text("genre"),
                query.text("mood"),
                query.tags(),
                query.flag("published"),
                null,
                null,
                null,
                null,
                null);
        return user != null && owner.isEmpty()
                ? Mono.just(List.of())
                : browse.browse(filter, order, paging).flatMap(page -> rows.rows(page.items(), viewer));
    }

    @GetMapping({"/musewave/tracks/{id}", "/musewave/tracks/{id}/"})
    Mono<TrackJson> one(@PathVariable String id, Optional<Caller> caller) {
        UUID viewer = viewer(caller);
        return Mono.defer(() -> find.find(Ids.ofTrack(id), viewer)).flatMap(track -> rows.row(track, viewer));
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = TrackJson.Creation.class))))
    @PostMapping({"/musewave/tracks/create", "/musewave/tracks/create/"})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<TrackJson> create(@RequestBody Map<String, @Nullable Object> fields, Caller caller) {
        return Mono.defer(() -> {
                    Body.demandOwn(fields, caller);
                    Body body = new Body(fields);
                    TrackDetails.Change told = TrackJson.change(body);
                    LinkedAudio audio = TrackJson.audio(body);
                    body.refuseWrong();
                    return link.link(new UploadTrack.Owner(caller.id(), caller.username()), told, audio);
                })
                .flatMap(track -> rows.row(track, caller.id()));
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = TrackJson.Change.class))))
    @PatchMapping({"/musewave/tracks/{id}/update", "/musewave/tracks/{id}/update/"})
    Mono<TrackJson> update(@PathVariable String id, @RequestBody Map<String, @Nullable Object> fields, Caller caller) {
        return Mono.defer(() -> find.find(Ids.ofTrack(id), caller.id()))
                .flatMap(track -> {
                    if (!track.state().ownedBy(caller.id())) {
                        // to others, nothing is wrong but that they try
                        return describe.describe(track.id(), caller.id(), TrackDetails.Change.NONE);
                    }
                    Body.demandOwn(fields, caller);
                    Body body = rows.withoutWhatIsShown(fields, track);
                    TrackDetails.Change told = TrackJson.change(body);
                    LinkedAudio audio = TrackJson.audio(body);
                    body.refuseWrong();
                    return describe.describe(track.id(), caller.id(), told, audio);
                })
                .flatMap(track -> rows.row(track, caller.id()));
    }

    @DeleteMapping({"/musewave/tracks/{id}/delete", "/musewave/tracks/{id}/delete/"})
    Mono<Success> delete(@PathVariable String id, Caller caller) {
        return Mono.defer(() -> delete.delete(Ids.ofTrack(id), caller.id())).thenReturn(Success.DONE);
    }

    private static TrackOrder order(Query query) {
        String field = query.text("sort_by");
        String direction = query.text("sort_order");
        return new TrackOrder(
                switch (field == null ? "created_at" : field) {
                    case "created_at", "createdAt" -> TrackOrder.Field.CREATED_AT;
                    case "updated_at", "updatedAt" -> TrackOrder.Field.UPDATED_AT;
                    case "published_at", "publishedAt" -> TrackOrder.Field.PUBLISHED_AT;
                    case "title" -> TrackOrder.Field.TITLE;
                    case "artist" -> TrackOrder.Field.ARTIST;
                    case "audio_duration", "audioDuration", "duration" -> TrackOrder.Field.DURATION;
                    case "plays" -> TrackOrder.Field.POPULARITY;
                    case "likes" -> TrackOrder.Field.LIKES;
                    case "downloads" -> TrackOrder.Field.DOWNLOADS;
                    default ->
                        throw Query.wrong(
                                "sort_by",
                                "must be one of created_at, updated_at, published_at, title, artist, audio_duration,"
                                        + " plays, likes, downloads");
                },
                switch (direction == null ? "desc" : direction.toLowerCase(Locale.ROOT)) {
                    case "asc" -> true;
                    case "desc" -> false;
                    default -> throw Query.wrong("sort_order", "must be asc or desc");
                });
    }

    private static @Nullable UUID viewer(Optional<Caller> caller) {
        return caller.map(Caller::id).orElse(null);
    }
}
