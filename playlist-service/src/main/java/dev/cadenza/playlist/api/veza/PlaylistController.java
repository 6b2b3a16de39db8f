package dev.cadenza.playlist.api.veza;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.VezaPages;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.playlist.api.CoverAddresses;
import dev.cadenza.playlist.api.veza.PlaylistJson.DetailsJson;
import dev.cadenza.playlist.api.veza.PlaylistJson.FoundJson;
import dev.cadenza.playlist.api.veza.PlaylistJson.ListJson;
import dev.cadenza.playlist.api.veza.PlaylistJson.OneJson;
import dev.cadenza.playlist.api.veza.PlaylistJson.OrderJson;
import dev.cadenza.playlist.api.veza.PlaylistJson.RowsJson;
import dev.cadenza.playlist.api.veza.PlaylistJson.StaleJson;
import dev.cadenza.playlist.playlist.AddTrack;
import dev.cadenza.playlist.playlist.CreatePlaylist;
import dev.cadenza.playlist.playlist.DeletePlaylist;
import dev.cadenza.playlist.playlist.ListPlaylists;
import dev.cadenza.playlist.playlist.Playlist;
import dev.cadenza.playlist.playlist.PlaylistFacts;
import dev.cadenza.playlist.playlist.PlaylistFilter;
import dev.cadenza.playlist.playlist.ReadPlaylist;
import dev.cadenza.playlist.playlist.RecommendPlaylists;
import dev.cadenza.playlist.playlist.RemoveTrack;
import dev.cadenza.playlist.playlist.ReorderTracks;
import dev.cadenza.playlist.playlist.ReorderTracks.Outcome;
import dev.cadenza.playlist.playlist.UpdatePlaylist;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Playlists and their tracks. */
@RestController
@RequestMapping("/api/v1/playlists")
class PlaylistController {

    private final CreatePlaylist createPlaylist;
    private final ListPlaylists listPlaylists;
    private final RecommendPlaylists recommendPlaylists;
    private final ReadPlaylist readPlaylist;
    private final UpdatePlaylist updatePlaylist;
    private final DeletePlaylist deletePlaylist;
    private final AddTrack addTrack;
    private final RemoveTrack removeTrack;
    private final ReorderTracks reorderTracks;
    private final CoverAddresses covers;

    PlaylistController(
            CreatePlaylist createPlaylist,
            ListPlaylists listPlaylists,
            RecommendPlaylists recommendPlaylists,
            ReadPlaylist readPlaylist,
            UpdatePlaylist updatePlaylist,
            DeletePlaylist deletePlaylist,
            AddTrack addTrack,
            RemoveTrack removeTrack,
            ReorderTracks reorderTracks,
            CoverAddresses covers) {
        this.createPlaylist = createPlaylist;
        this.listPlaylists = listPlaylists;
        this.recommendPlaylists = recommendPlaylists;
        this.readPlaylist = readPlaylist;
        this.updatePlaylist = updatePlaylist;
        this.deletePlaylist = deletePlaylist;
        this.addTrack = addTrack;
        this.removeTrack = removeTrack;
        this.reorderTracks = reorderTracks;
        this.covers = covers;
    }

    @GetMapping
    Mono<VezaEnvelope<ListJson>> list(
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(name = "user_id", required = false) @Nullable UUID userId,
            Caller caller) {
        return listPlaylists
                .list(new PlaylistFilter(caller.id(), userId, null, null), VezaPages.of(page, limit))
                .map(found -> VezaEnvelope.data(
                        new ListJson(found.map(row -> json(row, caller)).items(), VezaPages.of(found))));
    }

    @GetMapping("/search")
    Mono<VezaEnvelope<FoundJson>> search(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(name = "user_id", required = false) @Nullable UUID userId,
            @RequestParam(name = "is_public", required = false) @Nullable Boolean isPublic,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "20") int limit,
            Caller caller) {
        return listPlaylists
                .list(PlaylistFilter.of(caller.id(), q, userId, isPublic), VezaPages.of(page, limit))
                .map(found -> VezaEnvelope.data(FoundJson.of(found.map(row -> json(row, caller)))));
    }

    @GetMapping("/recommendations")
    Mono<VezaEnvelope<RowsJson>> recommendations(@RequestParam(defaultValue = "10") int limit, Caller caller) {
        return recommendPlaylists
                .recommend(caller.id(), VezaPages.of(1, limit).limit())
                .map(found -> VezaEnvelope.data(new RowsJson(
                        found.stream().map(row -> json(row, caller)).toList())));
    }

    @GetMapping("/{id}")
    Mono<VezaEnvelope<OneJson<DetailsJson>>> read(@PathVariable UUID id, Caller caller) {
        return readPlaylist.read(id, caller.id()).map(contents -> one(DetailsJson.of(contents, covers)));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Mono<VezaEnvelope<OneJson<PlaylistJson>>> create(@RequestBody FactsJson body, Caller caller) {
        return createPlaylist
                .create(caller.id(), caller.username(), body.facts(), null)
                .map(playlist -> one(json(playlist, caller)));
    }

    @PutMapping("/{id}")
    Mono<VezaEnvelope<OneJson<PlaylistJson>>> update(
            @PathVariable UUID id, @RequestBody FactsJson body, Caller caller) {
        return updatePlaylist.update(id, caller.id(), body.facts(), null).map(playlist -> one(json(playlist, caller)));
    }

    @DeleteMapping("/{id}")
    Mono<VezaEnvelope<VezaEnvelope.Message>> delete(@PathVariable UUID id, Caller caller) {
        return deletePlaylist
                .delete(id, caller.id())
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Playlist deleted successfully")));
    }

    @PostMapping("/{id}/tracks")
    Mono<VezaEnvelope<VezaEnvelope.Message>> addTrack(
            @PathVariable UUID id, @RequestBody TrackIdJson body, Caller caller) {
        UUID trackId = body.trackId();
        if (trackId == null) {
            return Mono.error(Failure.invalidField("track_id", "Name a track."));
        }
        return addTrack.add(id, caller.id(), trackId).map(done -> VezaEnvelope.message("Track added to playlist"));
    }

    @DeleteMapping("/{id}/tracks/{trackId}")
    Mono<VezaEnvelope<VezaEnvelope.Message>> removeTrack(
            @PathVariable UUID id, @PathVariable UUID trackId, Caller caller) {
        return removeTrack
                .remove(id, caller.id(), trackId)
                .map(done -> VezaEnvelope.message("Track removed from playlist"));
    }

    @PutMapping("/{id}/tracks/reorder")
    Mono<ResponseEntity<Object>> reorder(@PathVariable UUID id, @RequestBody TrackIdsJson body, Caller caller) {
        List<@Nullable UUID> trackIds = body.trackIds();
        if (trackIds == null || trackIds.stream().anyMatch(Objects::isNull)) {
            return Mono.error(Failure.invalidField("track_ids", "Name the tracks of the playlist, each once."));
        }
        List<UUID> order = trackIds.stream().map(Objects::requireNonNull).toList();
        return reorderTracks
                .reorder(id, caller.id(), order, body.orderVersion())
                .map(outcome -> switch (outcome) {
                    case Outcome.Reordered(String version) ->
                        ResponseEntity.ok(VezaEnvelope.data(new OrderJson("Tracks reordered successfully", version)));
                    case Outcome.Stale(List<UUID> current, String version) ->
                        ResponseEntity.status(HttpStatus.CONFLICT).body(StaleJson.of(current, version));
                });
    }

    private PlaylistJson json(Versioned<Playlist> playlist, Caller caller) {
        return PlaylistJson.of(playlist, caller.id(), covers);
    }

    private static <T> VezaEnvelope<OneJson<T>> one(T playlist) {
        return VezaEnvelope.data(new OneJson<>(playlist));
    }

    record FactsJson(
            @Nullable String title,
            @Nullable String description,
            @Nullable Boolean isPublic) {
        PlaylistFacts facts() {
            return new PlaylistFacts(title, description, isPublic);
        }
    }

    record TrackIdJson(@Nullable UUID trackId) {}

    record TrackIdsJson(
            @Nullable List<@Nullable UUID> trackIds,
            @Nullable String orderVersion) {}
}
