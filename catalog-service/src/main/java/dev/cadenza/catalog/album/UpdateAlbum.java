package dev.cadenza.catalog.album;

import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The owner says something else about an album, or puts other tracks into it. */
@Component
public final class UpdateAlbum {

    private final Albums albums;
    private final AlbumTracks tracks;
    private final Clock clock;

    UpdateAlbum(Albums albums, AlbumTracks tracks, Clock clock) {
        this.albums = albums;
        this.tracks = tracks;
        this.clock = clock;
    }

    /**
     * NotFound, Forbidden to all but the owner, {@link Failure.Invalid} naming every wrong field, or {@code track_ids}.
     *
     * @param trackIds all that it shall have, in order; null: as they are
     */
    public Mono<ShownAlbum> update(UUID id, UUID caller, AlbumDetails.Change change, @Nullable List<UUID> trackIds) {
        return albums.find(id)
                .filter(album -> album.state().visibleTo(caller))
                .switchIfEmpty(Mono.error(AlbumFailures::notFound))
                // refuses what is wrong before any track leaves another album
                .doOnNext(album -> own(album.state(), caller).details().with(change))
                .flatMap(album -> tracks.check(trackIds, caller))
                .then(tracks.moved(
                        trackIds,
                        id,
                        Mono.defer(() -> albums.change(
                                        id, album -> own(album, caller).updated(change, trackIds, clock.instant()))
                                .switchIfEmpty(Mono.error(AlbumFailures::notFound)))))
                .flatMap(album -> tracks.shown(album, caller));
    }

    private static Album own(Album album, UUID caller) {
        if (!album.ownedBy(caller)) {
            throw AlbumFailures.notYours();
        }
        return album;
    }
}
