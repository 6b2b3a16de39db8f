package dev.cadenza.catalog.album;

import dev.cadenza.catalog.track.Track;
import dev.cadenza.platform.core.Versioned;
import java.util.List;

/**
 * An album as somebody sees it.
 *
 * @param tracks those of it that he may see, in order
 */
public record ShownAlbum(Versioned<Album> album, List<Versioned<Track>> tracks) {

    public ShownAlbum {
        tracks = List.copyOf(tracks);
    }
}
