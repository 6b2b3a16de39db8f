package dev.cadenza.catalog.album;

import dev.cadenza.platform.core.Change;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tracks of one owner in an order. A track is in one album at most.
 *
 * @param ownerUsername as it was when the album was made
 * @param trackIds in order, each once; a track that is gone leaves a little later
 * @param departure while tracks of it are on their way to another album; else null
 * @param updatedAt when something that clients see last changed
 */
public record Album(
        UUID ownerId,
        String ownerUsername,
        AlbumDetails details,
        List<UUID> trackIds,
        @Nullable Departure departure,
        Instant createdAt,
        Instant updatedAt) {

    /** Every event of an album lists its tracks, so there is a limit. */
    public static final int MOST_TRACKS = 200;

    /**
     * Tracks left for another album, where a process that dies does not bring them.
     *
     * @param before all tracks that were in this one
     */
    public record Departure(List<UUID> before, Instant at) {}

    public Album {
        trackIds = List.copyOf(trackIds);
    }

    /** A new album. */
    static Change<Album, AlbumEvent> created(
            UUID ownerId, String ownerUsername, AlbumDetails details, List<UUID> trackIds, Instant now) {
        return Change.of(
                new Album(ownerId, ownerUsername, details, trackIds, null, now, now), new AlbumEvent.Created());
    }

    /** Whether this person (null: somebody without an identity) sees it. */
    public boolean visibleTo(@Nullable UUID viewer) {
        return details.isPublic() || ownedBy(viewer);
    }

    /** Whether it belongs to this person. */
    public boolean ownedBy(@Nullable UUID person) {
        return ownerId.equals(person);
    }

    /** With something else said about it and, unless null, other tracks. */
    Change<Album, AlbumEvent> updated(AlbumDetails.Change change, @Nullable List<UUID> otherTracks, Instant now) {
        AlbumDetails next = details.with(change);
        List<UUID> nextTracks = otherTracks == null ? trackIds : otherTracks;
        return next.equals(details) && nextTracks.equals(trackIds)
                ? Change.of(this)
                : changed(next, nextTracks, otherTracks == null ? departure : null, now);
    }

    /** Without these tracks. */
    Change<Album, AlbumEvent> without(Set<UUID> gone, Instant now) {
        return without(gone, departure, now);
    }

    /** Without these tracks, which another album gets. */
    Change<Album, AlbumEvent> departing(Set<UUID> leaving, Instant now) {
        return without(leaving, new Departure(departure == null ? trackIds : departure.before(), now), now);
    }

    /** What departed has arrived, but for these tracks, which are back. */
    Change<Album, AlbumEvent> arrived(Set<UUID> back, Instant now) {
        if (departure == null) {
            return Change.of(this);
        }
        List<UUID> all = departure.before().stream()
                .filter(id -> trackIds.contains(id) || back.contains(id))
                .toList();
        return all.equals(trackIds)
                ? Change.of(new Album(ownerId, ownerUsername, details, all, null, createdAt, updatedAt))
                : changed(details, all, null, now);
    }

    private Change<Album, AlbumEvent> without(Set<UUID> gone, @Nullable Departure next, Instant now) {
        List<UUID> rest = trackIds.stream().filter(id -> !gone.contains(id)).toList();
        return rest.size() == trackIds.size() ? Change.of(this) : changed(details, rest, next, now);
    }

    private Change<Album, AlbumEvent> changed(
            AlbumDetails nextDetails, List<UUID> nextTracks, @Nullable Departure nextDeparture, Instant now) {
        return Change.of(
                new Album(ownerId, ownerUsername, nextDetails, nextTracks, nextDeparture, createdAt, now),
                new AlbumEvent.Updated());
    }
}
