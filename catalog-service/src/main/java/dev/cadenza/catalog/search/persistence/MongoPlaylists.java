package dev.cadenza.catalog.search.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.ascending;

import dev.cadenza.catalog.search.Playlists;
import dev.cadenza.catalog.track.SearchText;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.platform.events.ProjectionCollection;
import java.util.List;
import java.util.UUID;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Playlists as rows with their folded words. */
@Component
final class MongoPlaylists implements Playlists {

    record Row(Playlist playlist, String title, String text) {}

    private final ProjectionCollection<Row> rows;

    MongoPlaylists(Aggregates aggregates) {
        this.rows = aggregates.projection("playlist_copy", Row.class, List.of(IndexSpec.on("state.title")));
    }

    @Override
    public Mono<Void> put(Playlist playlist, long seq) {
        String title = SearchText.folded(playlist.title());
        return rows.apply(
                        playlist.id(),
                        seq,
                        new Row(playlist, title, title + "\n" + SearchText.folded(playlist.description())))
                .then();
    }

    @Override
    public Mono<Void> remove(UUID id, long seq) {
        return rows.remove(id, seq).then();
    }

    @Override
    public Mono<Page<Playlist>> find(String text, @Nullable UUID viewer, Paging paging) {
        Bson open = eq("state.playlist.isPublic", true);
        Bson visible = viewer == null ? open : or(open, eq("state.playlist.ownerId", viewer));
        return rows.page(and(Words.allIn("state.text", text), visible), ascending("state.title", "_id"), paging)
                .map(page -> page.map(Row::playlist));
    }
}
