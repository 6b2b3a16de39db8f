package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.playlist.track.Track;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All playlists. */
public interface Playlists {

    /** Stores a new one. */
    Mono<Versioned<Playlist>> add(UUID id, Change<Playlist, PlaylistEvent> created);

    /** Empty when there is none. */
    Mono<Versioned<Playlist>> find(UUID id);

    /** Those that are there, in no particular order. */
    Flux<Versioned<Playlist>> find(Collection<UUID> ids);

    /** By integer id; empty when there is none. */
    Mono<Versioned<Playlist>> numbered(long number);

    /** The oldest of this title that is the user's own, else that they may write to, else that everybody may see. */
    Mono<Versioned<Playlist>> titled(String title, UUID user);

    /** Whether this owner has one of this title. */
    Mono<Boolean> hasTitle(UUID ownerId, String title);

    /** Changes what is there, again on a lost race; fails with NotFound when there is none. */
    Mono<Versioned<Playlist>> change(UUID id, Function<Playlist, Change<Playlist, PlaylistEvent>> transition);

    /** Counts again who follows one, so that the count is that of a moment after it was asked for. */
    Mono<Versioned<Playlist>> recount(UUID id, Mono<Long> followers);

    /** Removes one; fails with a conflict when it is not as it was read. */
    Mono<Void> delete(Versioned<Playlist> playlist, List<PlaylistEvent> events);

    /** Removes all of one owner; how many. */
    Mono<Long> deleteAllOf(UUID ownerId, List<PlaylistEvent> events);

    /** A part of those that match and that their viewer may see, newest first. */
    Mono<Page<Versioned<Playlist>>> browse(PlaylistFilter filter, Paging paging);

    /** Ids of all playlists in which this track is not as it should be: there although it is gone, or shown otherwise. */
    Flux<UUID> unsettled(UUID trackId, @Nullable Track current);

    /** Playlists with an entry of this number: one, but for a moment while it moves. */
    Flux<Versioned<Playlist>> holding(long entryNumber);

    /** The one that was shared with a link of this hash. */
    Mono<Versioned<Playlist>> sharedAs(String linkHash);

    /** Ids of all playlists of which somebody is a collaborator. */
    Flux<UUID> collaboratedOnBy(UUID user);

    /** The number of the next entry of any playlist. */
    Mono<Long> nextEntryNumber();

    /**
     * An entry of one of somebody's playlists.
     *
     * @param playlist its title
     */
    record OwnEntry(long number, UUID trackId, String playlist) {}

    /** A part of the entries of all playlists of one owner, newest first, without those that the owner does not see. */
    Mono<Page<OwnEntry>> entriesOf(UUID ownerId, Paging paging);

    /** Public playlists of others with one of these tracks, the newest. */
    Flux<Versioned<Playlist>> publicWith(Collection<UUID> trackIds, UUID notOf, int most);

    /** Public playlists of others with tracks of one of these genres, the newest. */
    Flux<Versioned<Playlist>> publicIn(Collection<String> genres, UUID notOf, int most);

    /** Public playlists of these owners, the newest. */
    Flux<Versioned<Playlist>> publicOf(Collection<UUID> ownerIds, UUID notOf, int most);
}
