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
 * @param updatedAt when something that clients see last changed
 */
public record Album(
        UUID ownerId,
        String ownerUsername,
        AlbumDetails details,
        List<UUID> trackIds,
        Instant createdAt,
        Instant updatedAt) {

    /** Every event of an album lists its tracks, so there is a limit. */
    public static final int MOST_TRACKS = 200;

    public Album {
        trackIds = List.copyOf(trackIds);
    }

    /** A new album. */
    static Change<Album, AlbumEvent> created(
            UUID ownerId, String ownerUsername, AlbumDetails details, List<UUID> trackIds, Instant now) {
        return Change.of(new Album(ownerId, ownerUsername, details, trackIds, now, now), new AlbumEvent.Created());
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
                : Change.of(
                        new Album(ownerId, ownerUsername, next, nextTracks, createdAt, now), new AlbumEvent.Updated());
    }

    /** Without these tracks. */
    Change<Album, AlbumEvent> without(Set<UUID> gone, Instant now) {
        List<UUID> rest = trackIds.stream().filter(id -> !gone.contains(id)).toList();
        return rest.size() == trackIds.size()
                ? Change.of(this)
                : Change.of(new Album(ownerId, ownerUsername, details, rest, createdAt, now), new AlbumEvent.Updated());
    }
}
