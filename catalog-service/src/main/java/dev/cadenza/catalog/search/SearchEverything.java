package dev.cadenza.catalog.search;

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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** One query over tracks, playlists and people. */
@Component
public final class SearchEverything {

    private final BrowseTracks tracks;
    private final Playlists playlists;
    private final People people;

    SearchEverything(BrowseTracks tracks, Playlists playlists, People people) {
        this.tracks = tracks;
        this.playlists = playlists;
        this.people = people;
    }

    /** What may be searched. */
    public enum Kind {
        TRACKS,
        PLAYLISTS,
        USERS
    }

    /** A part of each kind; the parts that were not asked for are empty. */
    public record Found(Page<Versioned<Track>> tracks, Page<Playlists.Playlist> playlists, Page<People.Person> people) {

        /** All matches of the kinds that were asked for, not only those shown. */
        public long total() {
            return tracks.total() + playlists.total() + people.total();
        }
    }

    /** What has all these words in it and the viewer may see. */
    public Mono<Found> search(String text, Set<Kind> kinds, @Nullable UUID viewer, Paging paging) {
        return Mono.zip(
                        kinds.contains(Kind.TRACKS)
                                ? tracks.browse(TrackFilter.words(viewer, text), TrackOrder.NEWEST, paging)
                                : Mono.just(new Page<Versioned<Track>>(List.of(), 0, paging)),
                        kinds.contains(Kind.PLAYLISTS)
                                ? playlists.find(text, viewer, paging)
                                : Mono.just(new Page<Playlists.Playlist>(List.of(), 0, paging)),
                        kinds.contains(Kind.USERS)
                                ? people.find(text, paging)
                                : Mono.just(new Page<People.Person>(List.of(), 0, paging)))
                .map(found -> new Found(found.getT1(), found.getT2(), found.getT3()));
    }
}
