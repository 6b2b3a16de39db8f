package dev.cadenza.catalog.search;

import dev.cadenza.catalog.album.Album;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.platform.core.Versioned;
import java.util.UUID;

/** Something that can be found, as it is now. */
public sealed interface Findable {

    /** Its identity among those of its kind. */
    UUID id();

    /** A track. */
    record OfTrack(Versioned<Track> track) implements Findable {
        @Override
        public UUID id() {
            return track.id();
        }
    }

    /** An album. */
    record OfAlbum(Versioned<Album> album) implements Findable {
        @Override
        public UUID id() {
            return album.id();
        }
    }

    /** A playlist. */
    record OfPlaylist(Playlists.Playlist playlist) implements Findable {
        @Override
        public UUID id() {
            return playlist.id();
        }
    }

    /** An account. */
    record OfPerson(People.Person person) implements Findable {
        @Override
        public UUID id() {
            return person.id();
        }
    }
}
