package dev.cadenza.catalog.search;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Local copy of the playlists; older or repeated messages change nothing. */
public interface Playlists {

    /**
     * A playlist that can be found by whoever may see it.
     *
     * @param collaboratorIds who sees it besides its owner although it may be private
     */
    record Playlist(
            UUID id,
            UUID ownerId,
            String title,
            String description,
            boolean isPublic,
            List<UUID> collaboratorIds,
            int trackCount) {

        public Playlist {
            collaboratorIds = List.copyOf(collaboratorIds);
        }

        /** Whether this person (null: somebody without an identity) sees it. */
        public boolean visibleTo(@Nullable UUID viewer) {
            return isPublic || viewer != null && (ownerId.equals(viewer) || collaboratorIds.contains(viewer));
        }
    }

    /** A playlist is as told. */
    Mono<Void> put(Playlist playlist, long seq);

    /** A playlist is gone. */
    Mono<Void> remove(UUID id, long seq);

    /** Those of these ids that there are, in no particular order. */
    Flux<Playlist> all(Collection<UUID> ids);

    /** The ids of all of them. */
    Flux<UUID> ids();

    /** Called after each write of this process with the id; must not block. */
    void afterWrite(Consumer<UUID> listener);
}
