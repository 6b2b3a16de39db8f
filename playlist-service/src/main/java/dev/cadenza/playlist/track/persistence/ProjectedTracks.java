package dev.cadenza.playlist.track.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Sorts.ascending;

import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.platform.events.ProjectionCollection;
import dev.cadenza.playlist.track.Track;
import dev.cadenza.playlist.track.Tracks;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Copies of tracks in MongoDB. */
@Repository
class ProjectedTracks implements Tracks {

    private final ProjectionCollection<Track> collection;

    ProjectedTracks(Aggregates aggregates) {
        this.collection = aggregates.projection(
                "tracks",
                Track.class,
                List.of(
                        IndexSpec.on("state.number"),
                        IndexSpec.on("state.title", "state.ownerId", "state.number"),
                        IndexSpec.on("state.title", "state.isPublic", "state.number")));
    }

    @Override
    public Mono<Track> find(UUID id) {
        return collection.find(id);
    }

    @Override
    public Flux<Track> find(Collection<UUID> ids) {
        return ids.isEmpty() ? Flux.empty() : collection.find(in("_id", ids));
    }

    @Override
    public Mono<Track> numbered(long number) {
        return collection.findOne(eq("state.number", number));
    }

    @Override
    public Mono<Track> titled(String title, UUID ownerId) {
        return oldest(and(eq("state.title", title), eq("state.ownerId", ownerId)));
    }

    @Override
    public Mono<Track> publicTitled(String title) {
        return oldest(and(eq("state.title", title), eq("state.isPublic", true)));
    }

    private Mono<Track> oldest(Bson filter) {
        return collection
                .find(filter, ascending("state.number"), Paging.page(1, 1))
                .next();
    }

    @Override
    public Mono<Void> store(Track track, long seq) {
        return collection.apply(track.id(), seq, track).then();
    }

    @Override
    public Mono<Void> remove(UUID id, long seq) {
        return collection.remove(id, seq).then();
    }
}
