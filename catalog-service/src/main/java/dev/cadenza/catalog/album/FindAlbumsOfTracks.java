package dev.cadenza.catalog.album;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** In which album tracks are. */
@Component
public final class FindAlbumsOfTracks {

    private final Albums albums;

    FindAlbumsOfTracks(Albums albums) {
        this.albums = albums;
    }

    /** Ids of albums by those of tracks; without tracks that are in none which the viewer may see. */
    public Mono<Map<UUID, UUID>> of(Collection<UUID> trackIds, @Nullable UUID viewer) {
        return trackIds.isEmpty()
                ? Mono.just(Map.of())
                : albums.containing(trackIds)
                        .filter(album -> album.state().visibleTo(viewer))
                        .collect(
                                HashMap<UUID, UUID>::new,
                                (byTrack, album) ->
                                        album.state().trackIds().forEach(track -> byTrack.put(track, album.id())))
                        .map(byTrack -> byTrack);
    }
}
