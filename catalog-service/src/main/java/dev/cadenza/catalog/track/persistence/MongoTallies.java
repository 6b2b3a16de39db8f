package dev.cadenza.catalog.track.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import dev.cadenza.catalog.track.Downloads;
import dev.cadenza.catalog.track.Tallies;
import dev.cadenza.catalog.track.TrackCounts;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.platform.events.ProjectionCollection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** One row per like and per play: counted, never incremented, so that a repeat cannot count twice. */
@Component
final class MongoTallies implements Tallies {

    record Like(UUID trackId, boolean liked) {}

    record Play(UUID trackId) {}

    private final ProjectionCollection<Like> likes;
    private final ProjectionCollection<Play> plays;
    private final Downloads downloads;

    MongoTallies(Aggregates aggregates, Downloads downloads) {
        this.likes =
                aggregates.projection("like_copy", Like.class, List.of(IndexSpec.on("state.trackId", "state.liked")));
        this.downloads = downloads;
        this.plays = aggregates.projection("play_copy", Play.class, List.of(IndexSpec.on("state.trackId")));
    }

    @Override
    public Mono<Void> like(UUID trackId, UUID userId, long seq, boolean liked) {
        UUID pair = UUID.nameUUIDFromBytes((trackId + "/" + userId).getBytes(StandardCharsets.US_ASCII));
        // nothing is kept of somebody who does not like it any more, or is gone
        return (liked ? likes.apply(pair, seq, new Like(trackId, true)) : likes.remove(pair, seq)).then();
    }

    @Override
    public Mono<Void> play(UUID playId, long seq, UUID trackId) {
        return plays.apply(playId, seq, new Play(trackId)).then();
    }

    @Override
    public Mono<TrackCounts> of(UUID trackId) {
        return Mono.zip(
                        likes.count(and(eq("state.trackId", trackId), eq("state.liked", true))),
                        plays.count(eq("state.trackId", trackId)),
                        downloads.of(trackId))
                .map(counts -> new TrackCounts(counts.getT1(), counts.getT2(), counts.getT3()));
    }
}
