package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.track.BrowseTracks;
import dev.cadenza.catalog.track.DeleteTrack;
import dev.cadenza.catalog.track.DeleteTracks;
import dev.cadenza.catalog.track.DescribeTrack;
import dev.cadenza.catalog.track.FindTrack;
import dev.cadenza.catalog.track.StorageQuota;
import dev.cadenza.catalog.track.TrackFilter;
import dev.cadenza.catalog.track.TrackOrder;
import dev.cadenza.catalog.upload.AbandonUpload;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tracks: lists, search, one, change, delete, status, room. */
@RestController("vezaTrackController")
@RequestMapping("/api/v1/tracks")
class TrackController {

    private static final String[] FORMATS = {"mp3", "wav", "flac", "ogg", "m4a"};

    private final BrowseTracks browse;
    private final FindTrack find;
    private final DescribeTrack describe;
    private final DeleteTrack delete;
    private final StorageQuota quota;
    private final AbandonUpload abandon;
    private final TrackView view;
    private final DeleteTracks deleteAll;

    TrackController(
            BrowseTracks browse,
            FindTrack find,
            DescribeTrack describe,
            DeleteTrack delete,
            StorageQuota quota,
            AbandonUpload abandon,
            TrackView view,
            DeleteTracks deleteAll) {
        this.browse = browse;
        this.find = find;
        this.describe = describe;
        this.delete = delete;
        this.quota = quota;
        this.abandon = abandon;
        this.view = view;
        this.deleteAll = deleteAll;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openTracks() {
        return OpenRoutes.of(
                HttpMethod.GET,
                "/api/v1/tracks",
                "/api/v1/tracks/search",
                "/api/v1/tracks/{id}",
                "/api/v1/tracks/{id}/stream",
                "/api/v1/tracks/{id}/waveform",
                "/api/v1/tracks/{id}/download");
    }

    @GetMapping
    Mono<VezaEnvelope<TrackJson.Many>> list(
            @RequestParam MultiValueMap<String, String> query, Optional<Caller> caller) {
        Parameters parameters = new Parameters(query);
        Paging page = parameters.page();
        TrackFilter filter = new TrackFilter(
                viewer(caller),
                parameters.id("user_id"),
                null,
                parameters.text("genre"),
                parameters.word("format", FORMATS),
                null,
                null,
                null,
                null);
        return browse.browse(filter, order(parameters, "created_at"), page)
                .map(tracks -> VezaEnvelope.data(view.page(tracks)));
    }

    /** The one answer of the dialect without an envelope. What fits best comes first unless asked otherwise. */
    @GetMapping("/search")
    Mono<TrackJson.Many> search(@RequestParam MultiValueMap<String, String> query, Optional<Caller> caller) {
        Parameters parameters = new Parameters(query);
        Paging page = parameters.page();
        TrackFilter filter = new TrackFilter(
                viewer(caller),
                parameters.id("user_id"),
                parameters.text("q"),
                parameters.text("genre"),
                parameters.word("format", FORMATS),
                parameters.seconds("min_duration"),
                parameters.seconds("max_duration"),
                parameters.time("start_date"),
                parameters.time("end_date"));
        return browse.browse(filter, order(parameters, "relevance"), page).map(tracks -> view.page(tracks));
    }

    @GetMapping("/{id}")
    Mono<VezaEnvelope<TrackJson.One>> one(@PathVariable String id, Optional<Caller> caller) {
        return find.find(Ids.ofPath(id), viewer(caller))
                .map(track -> VezaEnvelope.data(new TrackJson.One(view.of(track))));
    }

    @PutMapping("/{id}")
    Mono<VezaEnvelope<TrackJson.One>> update(
            @PathVariable String id, @RequestBody TrackJson.Update update, Caller caller) {
        return describe.describe(Ids.ofPath(id), caller.id(), update.change())
                .map(track -> VezaEnvelope.data(new TrackJson.One(view.of(track))));
    }

    @DeleteMapping("/{id}")
    Mono<VezaEnvelope<VezaEnvelope.Message>> delete(@PathVariable String id, Caller caller) {
        UUID track = Ids.ofPath(id);
        return delete.delete(track, caller.id())
                // an upload in chunks that is no track yet is given up
                .onErrorResume(
                        TrackController::isNotFound,
                        error -> abandon.abandon(track, caller.id())
                                .onErrorMap(TrackController::isNotFound, none -> error))
                .thenReturn(VezaEnvelope.message("Track deleted successfully"));
    }

    record Batch(@Nullable List<String> trackIds) {}

    record Deleted(List<UUID> deleted, Map<UUID, String> failed) {}

    @PostMapping("/batch/delete")
    Mono<VezaEnvelope<Deleted>> deleteAll(@RequestBody Batch batch, Caller caller) {
        List<String> ids = batch.trackIds() == null ? List.of() : batch.trackIds();
        List<UUID> tracks;
        try {
            tracks = ids.stream().map(Ids::parse).toList();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw Failure.invalidField("track_ids", "Every id must be a UUID.");
        }
        return deleteAll.delete(tracks, caller.id()).map(outcome -> {
            Map<UUID, String> failed = new LinkedHashMap<>();
            outcome.failed().forEach((id, failure) -> failed.put(id, failure.message()));
            return VezaEnvelope.data(new Deleted(outcome.deleted(), failed));
        });
    }

    /** The processing of an upload, for its owner. */
    @GetMapping("/{id}/status")
    Mono<VezaEnvelope<TrackJson.Status>> status(@PathVariable String id, Caller caller) {
        return find.find(Ids.ofPath(id), caller.id())
                .filter(track -> track.state().ownedBy(caller.id()))
                .switchIfEmpty(Mono.error(() -> Failure.notFound("track.not_found", "Track not found.")))
                .map(track -> VezaEnvelope.data(new TrackJson.Status(
                        track.state().status().word(),
                        track.state().progress(),
                        track.state().failure())));
    }

    /** How much room a user's tracks take; for oneself and for admins. */
    @GetMapping("/quota/{userId}")
    Mono<VezaEnvelope<TrackJson.Quota>> quota(@PathVariable String userId, Caller caller) {
        UUID user = Ids.ofPath(userId);
        if (!user.equals(caller.id()) && !caller.isAdmin()) {
            return Mono.error(Failure.notFound("user.not_found", "User not found."));
        }
        return quota.of(user).map(usage -> VezaEnvelope.data(TrackJson.Quota.of(usage)));
    }

    private static boolean isNotFound(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.NotFound;
    }

    private static TrackOrder order(Parameters parameters, String otherwise) {
        String field = parameters.word(
                "sort_by",
                "created_at",
                "title",
                "artist",
                "duration",
                "popularity",
                "play_count",
                "like_count",
                "relevance");
        String direction = parameters.word("sort_order", "asc", "desc");
        return new TrackOrder(
                switch (field == null ? otherwise : field) {
                    case "title" -> TrackOrder.Field.TITLE;
                    case "artist" -> TrackOrder.Field.ARTIST;
                    case "duration" -> TrackOrder.Field.DURATION;
                    case "popularity", "play_count" -> TrackOrder.Field.POPULARITY;
                    case "like_count" -> TrackOrder.Field.LIKES;
                    case "relevance" -> TrackOrder.Field.RELEVANCE;
                    default -> TrackOrder.Field.CREATED_AT;
                },
                "asc".equals(direction));
    }

    private static @Nullable UUID viewer(Optional<Caller> caller) {
        return caller.map(Caller::id).orElse(null);
    }
}
