package dev.cadenza.catalog.search;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Finds what is no track (those: {@link dev.cadenza.catalog.track.TrackIndex}) by its words; as true, and as late. */
public interface SearchIndex {

    /** Ids of those of a kind that the viewer (null: somebody without an identity) may see with these words, best first. */
    Mono<Page<UUID>> find(Kind kind, String text, @Nullable UUID viewer, Paging paging);

    /** Ids of accounts that have tracks that everybody sees, newest account first. */
    Mono<Page<UUID>> artists(Paging paging);
}
