package dev.cadenza.analytics.play.persistence;

import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.project;
import static com.mongodb.client.model.Aggregates.sort;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Projections;
import dev.cadenza.analytics.play.Listening;
import dev.cadenza.analytics.play.Play;
import dev.cadenza.analytics.play.Plays;
import dev.cadenza.analytics.play.TrackStats;
import dev.cadenza.analytics.play.messaging.PlayTranslator;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.FactCollection;
import dev.cadenza.platform.events.FactDefinition;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Plays in MongoDB. */
@Repository
class MongoPlays implements Plays {

    // as many plays of one track by one listener are looked at for one that is not reported yet
    private static final int CANDIDATES = 20;
    private static final int FORGOTTEN_AT_ONCE = 500;
    private static final String TRACK = "fact.trackId";
    private static final String LISTENER = "fact.listenerId";

    private final FactCollection<Play> plays;
    private final FactCollection<Listening> listenings;

    MongoPlays(Aggregates aggregates) {
        this.plays = aggregates.facts(new FactDefinition<>(
                "plays",
                Play.class,
                PlayTranslator.TOPIC,
                PlayTranslator::translate,
                List.of(
                        IndexSpec.on(TRACK, "fact.day"),
                        IndexSpec.on(TRACK, LISTENER, "-fact.at"),
                        IndexSpec.on(LISTENER, TRACK),
                        // with the track, so that those that are not shown are passed over in the index
                        IndexSpec.on(LISTENER, "-fact.at", "-_id", TRACK))));
        this.listenings = aggregates.facts(
                FactDefinition.unpublished("listenings", Listening.class, List.of(IndexSpec.on(TRACK))));
    }

    @Override
    public Mono<Void> record(UUID id, Play play) {
        return plays.record(id, play);
    }

    @Override
    public Mono<Void> record(UUID playId, Listening listening) {
        return listenings.record(playId, listening);
    }

    @Override
    public Mono<UUID> unreported(UUID trackId, UUID listenerId, Instant since) {
        return plays.aggregate(List.of(
                        match(and(
                                eq(TRACK, trackId),
                                eq(LISTENER, listenerId),
                                gte("fact.at", since),
                                exists("fact.reportedSeconds", false))),
                        sort(descending("fact.at")),
                        limit(CANDIDATES),
                        project(Projections.include("_id"))))
                .map(row -> row.get("_id", UUID.class))
                .filterWhen(id -> listenings.find(id).hasElement().map(known -> !known), 1)
                .next();
    }

    @Override
    public Mono<Void> forget(UUID listenerId) {
        return forgetSome(listenerId)
                .expand(more -> more ? forgetSome(listenerId) : Mono.empty())
                .then();
    }

    /** Whether there were any. */
    private Mono<Boolean> forgetSome(UUID listenerId) {
        return plays.aggregate(List.of(
                        match(eq(LISTENER, listenerId)), limit(FORGOTTEN_AT_ONCE), project(Projections.include("_id"))))
                .map(row -> row.get("_id", UUID.class))
                .collectList()
                .flatMap(ids -> ids.isEmpty()
                        ? Mono.just(false)
                        // the plays last: until then they say which listenings are meant
                        : listenings
                                .forget("fact.device", in("_id", ids))
                                .then(plays.forget(LISTENER, in("_id", ids)))
                                .thenReturn(true));
    }

    @Override
    public Flux<UUID> heardBy(UUID listenerId) {
        return plays.distinct(TRACK, eq(LISTENER, listenerId), UUID.class);
    }

    @Override
    public Mono<Page<Play>> history(UUID listenerId, Set<UUID> withoutTracks, Paging paging) {
        Bson own = eq(LISTENER, listenerId);
        return plays.page(
                withoutTracks.isEmpty() ? own : and(own, nin(TRACK, withoutTracks)),
                descending("fact.at", "_id"),
                paging);
    }

    @Override
    public Mono<TrackStats> stats(UUID trackId) {
        Mono<Long> total = plays.count(eq(TRACK, trackId));
        Mono<Long> listeners = plays.aggregate(List.of(
                        match(and(eq(TRACK, trackId), exists(LISTENER))),
                        group("$fact.listenerId"),
                        group(null, Accumulators.sum("count", 1))))
                .next()
                .map(row -> number(row, "count").longValue())
                .defaultIfEmpty(0L);
        // by group, because a true is not a number to $avg
        Mono<Map<Boolean, Document>> heard = listenings
                .aggregate(List.of(
                        match(eq(TRACK, trackId)),
                        group(
                                "$fact.completed",
                                Accumulators.sum("count", 1),
                                Accumulators.sum("seconds", "$fact.seconds"))))
                .collectMap(row -> row.getBoolean("_id"));
        return Mono.zip(total, listeners, heard).map(all -> stats(all.getT1(), all.getT2(), all.getT3()));
    }

    @Override
    public Mono<Map<String, Long>> byDay(UUID trackId, String firstDay) {
        return plays.aggregate(List.of(
                        match(and(eq(TRACK, trackId), gte("fact.day", firstDay))),
                        group("$fact.day", Accumulators.sum("count", 1))))
                .collectMap(
                        row -> row.getString("_id"), row -> number(row, "count").longValue());
    }

    private static TrackStats stats(long total, long listeners, Map<Boolean, Document> heard) {
        long complete = 0;
        long known = 0;
        double seconds = 0;
        for (Map.Entry<Boolean, Document> group : heard.entrySet()) {
            long count = number(group.getValue(), "count").longValue();
            known += count;
            seconds += number(group.getValue(), "seconds").doubleValue();
            if (group.getKey()) {
                complete += count;
            }
        }
        return known == 0
                ? new TrackStats(total, listeners, 0, 0)
                : new TrackStats(total, listeners, seconds / known, 100.0 * complete / known);
    }

    private static Number number(Document row, String key) {
        return row.get(key, Number.class);
    }
}
