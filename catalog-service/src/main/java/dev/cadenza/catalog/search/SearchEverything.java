package dev.cadenza.catalog.search;

import dev.cadenza.catalog.album.Album;
import dev.cadenza.catalog.album.Albums;
import dev.cadenza.catalog.track.BrowseTracks;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackFilter;
import dev.cadenza.catalog.track.TrackOrder;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** One query over tracks, albums, playlists and people. */
@Component
public final class SearchEverything {

    private final BrowseTracks tracks;
    private final SearchIndex index;
    private final Albums albums;
    private final Playlists playlists;
    private final People people;

    SearchEverything(BrowseTracks tracks, SearchIndex index, Albums albums, Playlists playlists, People people) {
        this.tracks = tracks;
        this.index = index;
        this.albums = albums;
        this.playlists = playlists;
        this.people = people;
    }

    /** A part of each kind, best first; the parts that were not asked for are empty. */
    public record Result(
            Page<Versioned<Track>> tracks,
            Page<Versioned<Album>> albums,
            Page<Playlists.Playlist> playlists,
            Page<People.Person> people) {

        /** All matches of the kinds that were asked for, not only those shown. */
        public long total() {
            return tracks.total() + albums.total() + playlists.total() + people.total();
        }
    }

    /** What has all these words in it and the viewer may see. */
    public Mono<Result> search(String text, Set<Kind> kinds, @Nullable UUID viewer, Paging paging) {
        return Mono.zip(
                        wanted(
                                Kind.TRACKS,
                                kinds,
                                paging,
                                () -> tracks.browse(TrackFilter.words(viewer, text), TrackOrder.BEST, paging)),
                        wanted(
                                Kind.ALBUMS,
                                kinds,
                                paging,
                                () -> index.find(Kind.ALBUMS, text, viewer, paging)
                                        .flatMap(page -> albums.all(page.items())
                                                .filter(album -> album.state().visibleTo(viewer))
                                                .collectMap(Versioned::id)
                                                .map(page::found))),
                        wanted(
                                Kind.PLAYLISTS,
                                kinds,
                                paging,
                                () -> index.find(Kind.PLAYLISTS, text, viewer, paging)
                                        .flatMap(page -> playlists
                                                .all(page.items())
                                                .filter(playlist -> playlist.visibleTo(viewer))
                                                .collectMap(Playlists.Playlist::id)
                                                .map(page::found))),
                        wanted(
                                Kind.USERS,
                                kinds,
                                paging,
                                () -> index.find(Kind.USERS, text, viewer, paging)
                                        .flatMap(page -> people.all(page.items())
                                                .collectMap(People.Person::id)
                                                .map(page::found))))
                .map(found -> new Result(found.getT1(), found.getT2(), found.getT3(), found.getT4()));
    }

    private static <T> Mono<Page<T>> wanted(Kind kind, Set<Kind> kinds, Paging paging, Supplier<Mono<Page<T>>> search) {
        return kinds.contains(kind) ? search.get() : Mono.just(new Page<>(List.of(), 0, paging));
    }
}
