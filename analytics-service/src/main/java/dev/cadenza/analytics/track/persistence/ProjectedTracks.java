package dev.cadenza.analytics.track.persistence;

import static com.mongodb.client.model.Filters.in;

import dev.cadenza.analytics.track.Track;
import dev.cadenza.analytics.track.Tracks;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.ProjectionCollection;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Copies of tracks in MongoDB. */
@Repository
class ProjectedTracks implements Tracks {

    private final ProjectionCollection<Track> collection;

    ProjectedTracks(Aggregates aggregates) {
        this.collection = aggregates.projection("tracks", Track.class, List.of());
    }

    @Override
    public Mono<Track> find(UUID id) {
        return collection.find(id);
    }

    @Override
    public Flux<Track> find(Collection<UUID> ids) {
        return collection.find(in("_id", ids));
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
