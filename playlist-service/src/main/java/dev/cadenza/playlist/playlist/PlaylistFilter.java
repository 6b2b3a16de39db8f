package dev.cadenza.playlist.playlist;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which playlists are wanted.
 *
 * @param viewer who may see them; null: somebody without an identity
 * @param ownerId only this user's; null: everybody's
 * @param isPublic only those that are public, or that are not; null: both
 * @param words beginnings of words that each has, as {@link Playlist#words} has them; null: whatever
 */
public record PlaylistFilter(
        @Nullable UUID viewer,
        @Nullable UUID ownerId,
        @Nullable Boolean isPublic,
        @Nullable List<String> words) {

    private static final int MOST_WORDS = 10;

    /** What is looked for with this text; blank: everything. */
    public static PlaylistFilter of(
            UUID viewer, @Nullable String text, @Nullable UUID ownerId, @Nullable Boolean isPublic) {
        return new PlaylistFilter(
                viewer, ownerId, isPublic, text == null || text.isBlank() ? null : Words.of(text, MOST_WORDS));
    }
}
