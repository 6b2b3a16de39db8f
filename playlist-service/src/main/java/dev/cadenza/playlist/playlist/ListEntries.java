package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.playlist.track.Track;
import dev.cadenza.playlist.track.Tracks;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The entries of all of a user's playlists. */
public final class ListEntries {

    private final Playlists playlists;
    private final Tracks tracks;

    public ListEntries(Playlists playlists, Tracks tracks) {
        this.playlists = playlists;
        this.tracks = tracks;
    }

    /** An entry, the title of its playlist, and that of its track. */
    public record Row(long number, String playlist, String track) {}

    /** Newest first. */
    public Mono<Page<Row>> list(UUID user, Paging paging) {
        return playlists
                .entriesOf(user, paging)
                .flatMap(page -> tracks.find(page.items().stream()
                                .map(Playlists.OwnEntry::trackId)
                                .toList())
                        .collectMap(Track::id, Track::title)
                        .map(titles -> page.map(entry ->
                                new Row(entry.number(), entry.playlist(), titles.getOrDefault(entry.trackId(), "")))));
    }
}
