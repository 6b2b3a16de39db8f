package dev.cadenza.playlist.playlist.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.playlist.playlist.Playlist;
import dev.cadenza.playlist.playlist.PlaylistEvent;
import dev.cadenza.playlist.playlist.Playlists;
import dev.cadenza.playlist.playlist.messaging.PlaylistEventTranslator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Playlists in MongoDB. */
@Repository
class MongoPlaylists implements Playlists {

    private final AggregateCollection<Playlist, PlaylistEvent> collection;

    MongoPlaylists(Aggregates aggregates) {
        this.collection = aggregates.collection(new AggregateDefinition<>(
                "playlists",
                Playlist.class,
                PlaylistEventTranslator.TOPIC,
                true,
                PlaylistEventTranslator::translate,
                List.of(
                        IndexSpec.on("state.ownerId", "-state.createdAt"),
                        IndexSpec.on("state.isPublic", "-state.createdAt"),
                        IndexSpec.on("state.entries.trackId"))));
    }

    @Override
    public Mono<Versioned<Playlist>> add(UUID id, Change<Playlist, PlaylistEvent> created) {
        return collection.insert(id, created);
    }

    @Override
    public Mono<Versioned<Playlist>> find(UUID id) {
        return collection.find(id);
    }

    @Override
    public Mono<Versioned<Playlist>> change(UUID id, Function<Playlist, Change<Playlist, PlaylistEvent>> transition) {
        return collection.change(id, playlist -> transition.apply(playlist.state()));
    }

    @Override
    public Mono<Void> delete(Versioned<Playlist> playlist, List<PlaylistEvent> events) {
        return collection.delete(playlist, events);
    }

    @Override
    public Mono<Long> deleteAllOf(UUID ownerId, List<PlaylistEvent> events) {
        return collection.deleteAll(eq("state.ownerId", ownerId), events).count();
    }

    @Override
    public Mono<Page<Versioned<Playlist>>> visibleTo(UUID viewer, @Nullable UUID ownerId, Paging paging) {
        Bson visible = or(eq("state.isPublic", true), eq("state.ownerId", viewer));
        Bson filter = ownerId == null ? visible : and(eq("state.ownerId", ownerId), visible);
        return collection.page(filter, descending("state.createdAt", "_id"), paging);
    }

    @Override
    public Flux<UUID> containing(UUID trackId) {
        return collection.find(eq("state.entries.trackId", trackId)).map(Versioned::id);
    }
}
