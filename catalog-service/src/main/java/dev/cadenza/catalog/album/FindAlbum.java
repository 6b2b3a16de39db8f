package dev.cadenza.catalog.album;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** One album with its tracks, for whoever may see it. */
@Component
public final class FindAlbum {

    private final Albums albums;
    private final AlbumTracks tracks;

    FindAlbum(Albums albums, AlbumTracks tracks) {
        this.albums = albums;
        this.tracks = tracks;
    }

    /** NotFound where there is none or the viewer (null: somebody without an identity) may not see it. */
    public Mono<ShownAlbum> find(UUID id, @Nullable UUID viewer) {
        return albums.find(id)
                .filter(album -> album.state().visibleTo(viewer))
                .switchIfEmpty(Mono.error(AlbumFailures::notFound))
                .flatMap(album -> tracks.shown(album, viewer));
    }
}
