package dev.cadenza.catalog.album;

import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The tracks of albums: looking them up, counting them, and moving them from one album to another. */
@Component
final class AlbumTracks {

    private static final int ATTEMPTS = 5;

    private final Albums albums;
    private final Tracks tracks;
    private final Clock clock;

    AlbumTracks(Albums albums, Tracks tracks, Clock clock) {
        this.albums = albums;
        this.tracks = tracks;
        this.clock = clock;
    }

    /** The album as the viewer sees it. */
    Mono<ShownAlbum> shown(Versioned<Album> album, @Nullable UUID viewer) {
        return tracks.all(album.state().trackIds())
                .filter(track -> track.state().visibleTo(viewer))
                .collectMap(Versioned::id)
                .map(visible -> new ShownAlbum(
                        album,
                        album.state().trackIds().stream()
                                .<Versioned<Track>>mapMulti((id, more) -> {
                                    Versioned<Track> track = visible.get(id);
                                    if (track != null) {
                                        more.accept(track);
                                    }
                                })
                                .toList()));
    }

    /** The albums, each with the number of its tracks that the viewer sees: without reading any track. */
    Mono<List<ListAlbums.Listed>> counted(List<Versioned<Album>> found, @Nullable UUID viewer) {
        Set<UUID> ids = new HashSet<>();
        found.forEach(album -> ids.addAll(album.state().trackIds()));
        return tracks.visible(ids, viewer)
                .collect(HashSet<UUID>::new, Set::add)
                .map(visible -> found.stream()
                        .map(album -> new ListAlbums.Listed(album, (int) album.state().trackIds().stream()
                                .filter(visible::contains)
                                .count()))
                        .toList());
    }

    /** Fails with Invalid where these cannot be the tracks of an album of this owner. */
    Mono<Void> check(@Nullable List<UUID> wanted, UUID owner) {
        if (wanted == null) {
            return Mono.empty();
        }
        if (wanted.size() > Album.MOST_TRACKS) {
            return Mono.error(wrong("An album has at most " + Album.MOST_TRACKS + " tracks."));
        }
        Set<UUID> ids = new HashSet<>();
        for (UUID id : wanted) {
            if (!ids.add(id)) {
                return Mono.error(wrong("The track " + id + " is named more than once."));
            }
        }
        return tracks.all(ids)
                .filter(track -> track.state().ownedBy(owner))
                .map(Versioned::id)
                .collect(HashSet<UUID>::new, Set::add)
                .flatMap(own -> wanted.stream()
                        .filter(id -> !own.contains(id))
                        .findFirst()
                        .<Mono<Void>>map(id -> Mono.error(wrong("The track " + id + " is not one of yours.")))
                        .orElseGet(Mono::empty));
    }

    /**
     * Takes the tracks out of every album but this one, then writes; again where somebody moves them at the same moment.
     *
     * @param wanted null: no tracks are asked for
     */
    Mono<Versioned<Album>> moved(@Nullable List<UUID> wanted, UUID into, Mono<Versioned<Album>> write) {
        if (wanted == null || wanted.isEmpty()) {
            return write;
        }
        Set<UUID> ids = Set.copyOf(wanted);
        return Flux.defer(() -> albums.containing(ids))
                .map(Versioned::id)
                .filter(album -> !album.equals(into))
                .concatMap(album -> albums.change(album, state -> state.departing(ids, clock.instant())))
                .collectList()
                .flatMap(left -> write.delayUntil(written -> Flux.fromIterable(left)
                        .concatMap(
                                album -> albums.change(album.id(), state -> state.arrived(Set.of(), clock.instant())))
                        // what does not work out here, ReturnTracks does
                        .onErrorComplete()))
                .retryWhen(Retry.max(ATTEMPTS)
                        .filter(AlbumTracks::taken)
                        .onRetryExhaustedThrow((spec, signal) -> Objects.requireNonNull(signal.failure())));
    }

    private static boolean taken(Throwable error) {
        return error instanceof FailureException e
                && e.failure() instanceof Failure.Conflict conflict
                && conflict.code().equals(Albums.TAKEN);
    }

    private static FailureException wrong(String message) {
        return Failure.invalidField("track_ids", message);
    }
}
