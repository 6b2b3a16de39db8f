package dev.cadenza.catalog.search.persistence;

import static com.mongodb.client.model.Filters.in;

import dev.cadenza.catalog.search.Playlists;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.ProjectionCollection;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Playlists as rows. */
@Component
final class MongoPlaylists implements Playlists {

    private final ProjectionCollection<Playlist> rows;

    MongoPlaylists(Aggregates aggregates) {
        this.rows = aggregates.projection("playlist_copy", Playlist.class, List.of());
    }

    @Override
    public Mono<Void> put(Playlist playlist, long seq) {
        return rows.apply(playlist.id(), seq, playlist).then();
    }

    @Override
    public Mono<Void> remove(UUID id, long seq) {
        return rows.remove(id, seq).then();
    }

    @Override
    public Flux<Playlist> all(Collection<UUID> ids) {
        return ids.isEmpty() ? Flux.empty() : rows.find(in("_id", ids));
    }

    @Override
    public Flux<UUID> ids() {
        return rows.ids();
    }

    @Override
    public void afterWrite(Consumer<UUID> listener) {
        rows.afterWrite(listener);
    }
}
