package dev.cadenza.social.like;

import dev.cadenza.platform.core.Change;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * What one user thinks of one track. Once made it stays, liked or not, so that its events keep their order.
 *
 * @param trackOwnerId whom it pleases
 * @param username of the user, when the like was given
 * @param at when {@code liked} took its value
 */
public record Like(UUID trackId, UUID trackOwnerId, UUID userId, String username, boolean liked, Instant at) {

    /** The one id that a user's like of a track can have. */
    public static UUID idOf(UUID trackId, UUID userId) {
        return UUID.nameUUIDFromBytes(("like:" + trackId + ":" + userId).getBytes(StandardCharsets.UTF_8));
    }

    /** The first like. */
    public static Change<Like, LikeEvent> first(
            UUID trackId, UUID trackOwnerId, UUID userId, String username, Instant now) {
        return Change.of(new Like(trackId, trackOwnerId, userId, username, true, now), new LikeEvent.Liked());
    }

    /** Liked again: nothing new where it is liked already. */
    public Change<Like, LikeEvent> like(String username, Instant now) {
        return liked
                ? Change.of(this)
                : Change.of(new Like(trackId, trackOwnerId, userId, username, true, now), new LikeEvent.Liked());
    }

    /** Not liked any more: nothing new where it was not. */
    public Change<Like, LikeEvent> unlike(Instant now) {
        return liked
                ? Change.of(new Like(trackId, trackOwnerId, userId, username, false, now), new LikeEvent.Unliked())
                : Change.of(this);
    }
}
