package dev.cadenza.catalog.album.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.catalog.album.Album;
import dev.cadenza.catalog.album.AlbumEvent;
import dev.cadenza.catalog.album.Albums;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Albums as documents; a unique index over their tracks keeps each track in one of them. */
@Component
final class MongoAlbums implements Albums {

    private final AggregateCollection<AlbumRow, AlbumEvent> rows;

    MongoAlbums(Aggregates aggregates, BiFunction<Versioned<Album>, AlbumEvent, EventMessage> translator) {
        this.rows = aggregates.collection(new AggregateDefinition<AlbumRow, AlbumEvent>(
                "album",
                AlbumRow.class,
                "catalog.album.v1",
                false,
                (row, event) -> translator.apply(album(row), event),
                List.of(
                        IndexSpec.on("state.ownerId", "-state.createdAt"),
                        IndexSpec.on("state.departure.at"),
                        IndexSpec.unique(TAKEN, "A track is in another album already.", "state.trackIds"))));
    }

    @Override
    public Mono<Versioned<Album>> add(UUID id, Change<Album, AlbumEvent> change) {
        return rows.insert(id, row(change)).map(MongoAlbums::album);
    }

    @Override
    public Mono<Versioned<Album>> find(UUID id) {
        return rows.find(id).map(MongoAlbums::album);
    }

    @Override
    public Mono<Versioned<Album>> change(UUID id, Function<Album, Change<Album, AlbumEvent>> transition) {
        return rows.change(id, current -> row(transition.apply(current.state().album())))
                .map(MongoAlbums::album);
    }

    @Override
    public Mono<Void> remove(Versioned<Album> album, AlbumEvent event) {
        return rows.delete(
                new Versioned<>(album.id(), album.version(), album.number(), AlbumRow.of(album.state())),
                List.of(event));
    }

    @Override
    public Mono<Void> removeAllOf(UUID ownerId, AlbumEvent event) {
        return rows.deleteAll(eq("state.ownerId", ownerId), List.of(event)).then();
    }

    @Override
    public Flux<Versioned<Album>> of(UUID ownerId, @Nullable UUID viewer, Paging paging) {
        Bson own = eq("state.ownerId", ownerId);
        Bson visible = ownerId.equals(viewer) ? own : and(own, eq("state.details.isPublic", true));
        return rows.find(visible, descending("state.createdAt", "_id"), paging).map(MongoAlbums::album);
    }

    @Override
    public Flux<Versioned<Album>> all(Collection<UUID> ids) {
        return ids.isEmpty() ? Flux.empty() : rows.find(in("_id", ids)).map(MongoAlbums::album);
    }

    @Override
    public Flux<UUID> ids() {
        return rows.ids();
    }

    @Override
    public void afterWrite(Consumer<UUID> listener) {
        rows.afterWrite(listener);
    }

    @Override
    public Flux<Versioned<Album>> containing(Collection<UUID> trackIds) {
        return rows.find(in("state.trackIds", trackIds)).map(MongoAlbums::album);
    }

    @Override
    public Flux<Versioned<Album>> departedBefore(Instant time) {
        return rows.find(lt("state.departure.at", time)).map(MongoAlbums::album);
    }

    private static Change<AlbumRow, AlbumEvent> row(Change<Album, AlbumEvent> change) {
        return new Change<>(AlbumRow.of(change.state()), change.events());
    }

    private static Versioned<Album> album(Versioned<AlbumRow> row) {
        return new Versioned<>(
                row.id(), row.version(), row.number(), row.state().album());
    }
}
