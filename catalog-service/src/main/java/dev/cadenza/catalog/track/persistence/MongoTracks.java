package dev.cadenza.catalog.track.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.model.Accumulators;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackEvent;
import dev.cadenza.catalog.track.TrackStatus;
import dev.cadenza.catalog.track.Tracks;
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

/** Tracks as documents. */
@Component
final class MongoTracks implements Tracks {

    private static final String TRACK = "state.track.";
    private static final String OWNER = TRACK + "ownerId";
    private static final String TITLE = TRACK + "details.title";
    private static final String STATUS = TRACK + "status";
    private static final String PUBLIC = TRACK + "details.isPublic";
    private static final String SIZE = TRACK + "audio.fileSize";
    private static final String CREATED = TRACK + "createdAt";
    private static final String LEASE = TRACK + "analysis.leaseUntil";

    private final AggregateCollection<TrackRow, TrackEvent> rows;

    MongoTracks(Aggregates aggregates, BiFunction<Versioned<Track>, TrackEvent, EventMessage> translator) {
        this.rows = aggregates.collection(new AggregateDefinition<TrackRow, TrackEvent>(
                "track",
                TrackRow.class,
                "catalog.track.v1",
                true,
                (row, event) -> translator.apply(track(row), event),
                List.of(IndexSpec.on(OWNER, TITLE), IndexSpec.on(STATUS, CREATED))));
    }

    @Override
    public Mono<Versioned<Track>> add(UUID id, Change<Track, TrackEvent> change) {
        return rows.insert(id, row(change)).map(MongoTracks::track);
    }

    @Override
    public Mono<Versioned<Track>> find(UUID id) {
        return rows.find(id).map(MongoTracks::track);
    }

    @Override
    public Mono<Versioned<Track>> findByNumber(long number) {
        return rows.findByNumber(number).map(MongoTracks::track);
    }

    @Override
    public Flux<Versioned<Track>> all(Collection<UUID> ids) {
        return ids.isEmpty() ? Flux.empty() : rows.find(in("_id", ids)).map(MongoTracks::track);
    }

    @Override
    public Flux<UUID> visible(Collection<UUID> ids, @Nullable UUID viewer) {
        return ids.isEmpty()
                ? Flux.empty()
                : rows.aggregate(List.of(
                                com.mongodb.client.model.Aggregates.match(and(in("_id", ids), seenBy(viewer))),
                                com.mongodb.client.model.Aggregates.project(include("_id"))))
                        .map(row -> row.get("_id", UUID.class));
    }

    @Override
    public Mono<Boolean> hasTitle(UUID ownerId, String title) {
        return rows.findOne(and(eq(OWNER, ownerId), eq(TITLE, title))).hasElement();
    }

    @Override
    public Mono<Versioned<Track>> change(UUID id, Function<Track, Change<Track, TrackEvent>> transition) {
        return rows.change(id, current -> row(transition.apply(current.state().track())))
                .map(MongoTracks::track);
    }

    @Override
    public Mono<Void> remove(Versioned<Track> track, TrackEvent event) {
        return rows.delete(
                new Versioned<>(track.id(), track.version(), track.number(), new TrackRow(track.state())),
                List.of(event));
    }

    @Override
    public Flux<UUID> removeAllOf(UUID ownerId, TrackEvent event) {
        return rows.deleteAll(eq(OWNER, ownerId), List.of(event));
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
    public Flux<UUID> awaitingAnalysis(Instant now, int limit) {
        return rows.find(
                        and(eq(STATUS, TrackStatus.PROCESSING.name()), or(exists(LEASE, false), lte(LEASE, now))),
                        ascending(CREATED),
                        new Paging(0, limit))
                .map(Versioned::id);
    }

    @Override
    public Mono<Long> bytesOf(UUID ownerId, Collection<UUID> except) {
        return rows.aggregate(List.of(
                        com.mongodb.client.model.Aggregates.match(and(
                                eq(OWNER, ownerId),
                                exists(TRACK + "link", false),
                                ne(STATUS, TrackStatus.FAILED.name()),
                                nin("_id", except))),
                        com.mongodb.client.model.Aggregates.group(null, Accumulators.sum("bytes", "$" + SIZE))))
                .next()
                .map(sum -> sum.get("bytes", Number.class).longValue())
                .defaultIfEmpty(0L);
    }

    @Override
    public Flux<UUID> kept(Collection<UUID> ids) {
        return rows.find(and(in("_id", ids), ne(STATUS, TrackStatus.FAILED.name())))
                .map(Versioned::id);
    }

    private static Bson seenBy(@Nullable UUID viewer) {
        Bson open = and(eq(PUBLIC, true), ne(STATUS, TrackStatus.FAILED.name()));
        return viewer == null ? open : or(open, eq(OWNER, viewer));
    }

    private static Change<TrackRow, TrackEvent> row(Change<Track, TrackEvent> change) {
        return new Change<>(new TrackRow(change.state()), change.events());
    }

    private static Versioned<Track> track(Versioned<TrackRow> row) {
        return new Versioned<>(
                row.id(), row.version(), row.number(), row.state().track());
    }
}
