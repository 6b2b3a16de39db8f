package dev.cadenza.catalog.search;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Local copy of the playlists; older or repeated messages change nothing. */
public interface Playlists {

    /** A playlist that can be found by whoever may see it. */
    record Playlist(UUID id, UUID ownerId, String title, String description, boolean isPublic, int trackCount) {}

    /** A playlist is as told. */
    Mono<Void> put(Playlist playlist, long seq);

    /** A playlist is gone. */
    Mono<Void> remove(UUID id, long seq);

    /** Those that the viewer (null: somebody without an identity) may see with all these words in them, by title. */
    Mono<Page<Playlist>> find(String text, @Nullable UUID viewer, Paging paging);
}
