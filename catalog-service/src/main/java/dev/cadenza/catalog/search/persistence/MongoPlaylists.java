package dev.cadenza.catalog.search.persistence;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.model.Aggregates;
import dev.cadenza.catalog.search.Playlists;
import dev.cadenza.platform.events.ProjectionCollection;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Playlists as rows. */
@Component
final class MongoPlaylists implements Playlists {

    private final ProjectionCollection<Playlist> rows;
    private final List<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();

    MongoPlaylists(dev.cadenza.platform.events.Aggregates aggregates) {
        this.rows = aggregates.projection("playlist_copy", Playlist.class, List.of());
    }

    @Override
    public Mono<Void> put(Playlist playlist, long seq) {
        return rows.apply(playlist.id(), seq, playlist)
                .doOnSuccess(done -> tell(playlist.id()))
                .then();
    }

    @Override
    public Mono<Void> remove(UUID id, long seq) {
        return rows.remove(id, seq).doOnSuccess(done -> tell(id)).then();
    }

    @Override
    public Flux<Playlist> all(Collection<UUID> ids) {
        return ids.isEmpty() ? Flux.empty() : rows.find(in("_id", ids));
    }

    @Override
    public Flux<UUID> ids() {
        return rows.aggregate(List.of(Aggregates.project(include("_id")))).map(row -> row.get("_id", UUID.class));
    }

    @Override
    public void afterWrite(Consumer<UUID> listener) {
        listeners.add(listener);
    }

    private void tell(UUID id) {
        listeners.forEach(listener -> listener.accept(id));
    }
}
