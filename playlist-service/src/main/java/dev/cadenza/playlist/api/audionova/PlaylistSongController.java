package dev.cadenza.playlist.api.audionova;

import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.drf.DrfBodies;
import dev.cadenza.platform.web.drf.DrfFields;
import dev.cadenza.platform.web.drf.DrfPage;
import dev.cadenza.platform.web.drf.DrfPages;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.playlist.playlist.AddTrack;
import dev.cadenza.playlist.playlist.ChangeEntry;
import dev.cadenza.playlist.playlist.FindEntry;
import dev.cadenza.playlist.playlist.FindNamedPlaylist;
import dev.cadenza.playlist.playlist.ListEntries;
import dev.cadenza.playlist.playlist.Permission;
import dev.cadenza.playlist.playlist.Playlist;
import dev.cadenza.playlist.playlist.RemoveTrack;
import dev.cadenza.playlist.track.FindNamedTrack;
import dev.cadenza.playlist.track.FindTrack;
import dev.cadenza.playlist.track.Track;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
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

/** Songs in playlists, both by name or by number. */
@RestController("audionovaPlaylistSongController")
class PlaylistSongController {

    private static final String PLAYLIST = "playlist";
    private static final String SONG = "song";

    private final ListEntries list;
    private final FindEntry find;
    private final FindNamedPlaylist findPlaylist;
    private final FindNamedTrack findNamedTrack;
    private final FindTrack findTrack;
    private final AddTrack add;
    private final ChangeEntry change;
    private final RemoveTrack remove;
    private final DrfBodies bodies;
    private final DrfPages pages;

    PlaylistSongController(
            ListEntries list,
            FindEntry find,
            FindNamedPlaylist findPlaylist,
            FindNamedTrack findNamedTrack,
            FindTrack findTrack,
            AddTrack add,
            ChangeEntry change,
            RemoveTrack remove,
            DrfBodies bodies,
            DrfPages pages) {
        this.list = list;
        this.find = find;
        this.findPlaylist = findPlaylist;
        this.findNamedTrack = findNamedTrack;
        this.findTrack = findTrack;
        this.add = add;
        this.change = change;
        this.remove = remove;
        this.bodies = bodies;
        this.pages = pages;
    }

    private record Meant(Versioned<Playlist> playlist, Track track) {}

    @GetMapping({"/api/playlist-songs", "/api/playlist-songs/"})
    Mono<DrfPage<PlaylistJson.Relation>> list(Caller caller, ServerWebExchange exchange) {
        return pages.page(
                exchange.getRequest(),
                paging -> list.list(caller.id(), paging)
                        .map(page ->
                                page.map(row -> new PlaylistJson.Relation(row.number(), row.playlist(), row.track()))));
    }

    @GetMapping({"/api/playlist-songs/{id}", "/api/playlist-songs/{id}/"})
    Mono<PlaylistJson.Relation> one(@PathVariable String id, Caller caller) {
        return found(id, caller)
                .flatMap(placed -> findTrack
                        .find(placed.entry().trackId(), caller.id())
                        .map(track -> relation(placed.entry().number(), placed.playlist(), track)))
                .onErrorMap(PlaylistFailures::worded);
    }

    @Operation(
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = PlaylistJson.Named.class))))
    @PostMapping({"/api/playlist-songs", "/api/playlist-songs/"})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<PlaylistJson.Relation> add(Caller caller, ServerWebExchange exchange) {
        return bodies.of(exchange)
                .flatMap(fields -> {
                    require(fields, PLAYLIST);
                    require(fields, SONG);
                    return Mono.zip(playlist(fields, caller), track(fields, caller))
                            .map(found -> {
                                fields.refuseWrong();
                                return new Meant(
                                        found.getT1().orElseThrow(),
                                        found.getT2().orElseThrow());
                            });
                })
                .flatMap(meant -> add.add(
                                meant.playlist().id(),
                                caller.id(),
                                meant.track().id())
                        .map(playlist -> relation(
                                playlist.state()
                                        .entryOf(meant.track().id())
                                        .orElseThrow()
                                        .number(),
                                playlist,
                                meant.track())))
                .onErrorMap(PlaylistFailures::worded);
    }

    @Operation(
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = PlaylistJson.Named.class))))
    @PutMapping({"/api/playlist-songs/{id}", "/api/playlist-songs/{id}/"})
    Mono<PlaylistJson.Relation> replace(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return change(id, caller, exchange, true);
    }

    @Operation(
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = PlaylistJson.Named.class))))
    @PatchMapping({"/api/playlist-songs/{id}", "/api/playlist-songs/{id}/"})
    Mono<PlaylistJson.Relation> update(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return change(id, caller, exchange, false);
    }

    private Mono<PlaylistJson.Relation> change(String id, Caller caller, ServerWebExchange exchange, boolean whole) {
        return found(id, caller)
                // to others, nothing is wrong but that they try
                .doOnNext(placed -> placed.playlist().state().open(caller.id(), Permission.WRITE))
                .flatMap(placed -> bodies.of(exchange)
                        .flatMap(fields -> {
                            if (whole) {
                                require(fields, PLAYLIST);
                                require(fields, SONG);
                            }
                            return Mono.zip(playlist(fields, caller), track(fields, caller))
                                    .doOnNext(found -> fields.refuseWrong())
                                    .flatMap(found -> Mono.justOrEmpty(found.getT2())
                                            .switchIfEmpty(Mono.defer(() -> findTrack.find(
                                                    placed.entry().trackId(), caller.id())))
                                            .map(track ->
                                                    new Meant(found.getT1().orElse(placed.playlist()), track)));
                        })
                        .flatMap(meant -> change.change(
                                        placed, caller.id(), meant.playlist().id(), meant.track())
                                .map(playlist -> relation(placed.entry().number(), playlist, meant.track()))))
                .onErrorMap(PlaylistFailures::worded);
    }

    @DeleteMapping({"/api/playlist-songs/{id}", "/api/playlist-songs/{id}/"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(@PathVariable String id, Caller caller) {
        return found(id, caller)
                .flatMap(placed -> remove.remove(
                        placed.playlist().id(), caller.id(), placed.entry().trackId()))
                .then()
                .onErrorMap(PlaylistFailures::worded);
    }

    private Mono<FindEntry.Placed> found(String id, Caller caller) {
        return Mono.defer(() -> find.find(Numbers.ofPath(id, PlaylistFailures.noEntry()), caller.id()));
    }

    private static void require(DrfFields fields, String field) {
        if (!fields.has(field)) {
            fields.wrong(field, "This field is required.");
        }
    }

    private Mono<Optional<Versioned<Playlist>>> playlist(DrfFields fields, Caller caller) {
        return named(
                fields,
                PLAYLIST,
                "name",
                name -> findPlaylist.find(name, caller.id()),
                number -> findPlaylist.find(number, caller.id()));
    }

    private Mono<Optional<Track>> track(DrfFields fields, Caller caller) {
        return named(
                fields,
                SONG,
                "title",
                name -> findNamedTrack.find(name, caller.id()),
                number -> findNamedTrack.find(number, caller.id()));
    }

    /** What a field means; what is wrong with it is said to the fields. Empty where it was not sent, too. */
    private static <T> Mono<Optional<T>> named(
            DrfFields fields,
            String field,
            String key,
            Function<String, Mono<T>> byName,
            Function<Long, Mono<T>> byNumber) {
        if (!fields.has(field)) {
            return Mono.just(Optional.empty());
        }
        Object value = fields.values().get(field);
        Mono<T> found;
        if (value instanceof String name) {
            // no name has space around it
            found = Mono.defer(() -> byName.apply(name.strip()));
        } else if (value instanceof Integer || value instanceof Long) {
            found = Mono.defer(() -> byNumber.apply(((Number) value).longValue()));
        } else {
            fields.wrong(
                    field,
                    value == null && fields.values().containsKey(field)
                            ? "This field may not be null."
                            : "Invalid value.");
            return Mono.just(Optional.empty());
        }
        return found.map(Optional::of).switchIfEmpty(Mono.fromSupplier(() -> {
            fields.wrong(
                    field,
                    value instanceof String
                            ? "Object with " + key + "=" + value + " does not exist."
                            : "Invalid pk \"" + value + "\" - object does not exist.");
            return Optional.empty();
        }));
    }

    private static PlaylistJson.Relation relation(long number, Versioned<Playlist> playlist, Track track) {
        return new PlaylistJson.Relation(number, playlist.state().title(), track.title());
    }
}
