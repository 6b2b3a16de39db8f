package dev.cadenza.catalog.album;

import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Somebody's albums, newest first. */
@Component
public final class ListAlbums {

    private final Albums albums;
    private final AlbumTracks tracks;

    ListAlbums(Albums albums, AlbumTracks tracks) {
        this.albums = albums;
        this.tracks = tracks;
    }

    /**
     * An album of a list.
     *
     * @param trackCount of those that the viewer sees
     */
    public record Listed(Versioned<Album> album, int trackCount) {}

    /** Those that the viewer (null: somebody without an identity) may see; none of whoever is not there. */
    public Mono<List<Listed>> of(UUID ownerId, @Nullable UUID viewer, Paging paging) {
        return albums.of(ownerId, viewer, paging).collectList().flatMap(found -> tracks.counted(found, viewer));
    }
}
