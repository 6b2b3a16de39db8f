package dev.cadenza.catalog.search;

import dev.cadenza.catalog.album.Albums;
import dev.cadenza.catalog.track.Tracks;
import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** What the index is made of. */
@Component
public final class IndexSources {

    private final Tracks tracks;
    private final Albums albums;
    private final Playlists playlists;
    private final People people;

    IndexSources(Tracks tracks, Albums albums, Playlists playlists, People people) {
        this.tracks = tracks;
        this.albums = albums;
        this.playlists = playlists;
        this.people = people;
    }

    /** The ids of all of a kind. */
    public Flux<UUID> ids(Kind kind) {
        return switch (kind) {
            case TRACKS -> tracks.ids();
            case ALBUMS -> albums.ids();
            case PLAYLISTS -> playlists.ids();
            case USERS -> people.ids();
        };
    }

    /** Those of these ids that there are, in no particular order. */
    public Flux<Findable> all(Kind kind, Collection<UUID> ids) {
        return switch (kind) {
            case TRACKS -> tracks.all(ids).map(Findable.OfTrack::new);
            case ALBUMS -> albums.all(ids).map(Findable.OfAlbum::new);
            case PLAYLISTS -> playlists.all(ids).map(Findable.OfPlaylist::new);
            case USERS -> people.all(ids).map(Findable.OfPerson::new);
        };
    }

    /** Called after each write of this process; must not block. */
    public void afterWrite(BiConsumer<Kind, UUID> listener) {
        tracks.afterWrite(id -> listener.accept(Kind.TRACKS, id));
        albums.afterWrite(id -> listener.accept(Kind.ALBUMS, id));
        playlists.afterWrite(id -> listener.accept(Kind.PLAYLISTS, id));
        people.afterWrite(id -> listener.accept(Kind.USERS, id));
    }
}
