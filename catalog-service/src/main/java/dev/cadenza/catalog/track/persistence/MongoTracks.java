package dev.cadenza.catalog.track.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;

import com.mongodb.client.model.Accumulators;
import dev.cadenza.catalog.track.SearchText;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackEvent;
import dev.cadenza.catalog.track.TrackFilter;
import dev.cadenza.catalog.track.TrackOrder;
import dev.cadenza.catalog.track.TrackStatus;
import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tracks as documents. The search here compares folded text; it looks at every visible track. */
@Component
final class MongoTracks implements Tracks {

    private static final String TRACK = "state.track.";
    private static final String OWNER = TRACK + "ownerId";
    private static final String TITLE = TRACK + "details.title";
    private static final String STATUS = TRACK + "status";
    private static final String PUBLIC = TRACK + "details.isPublic";
    private static final String FORMAT = TRACK + "audio.format";
    private static final String SECONDS = TRACK + "audio.durationSeconds";
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
                List.of(
                        IndexSpec.on(OWNER, "-" + CREATED),
                        IndexSpec.on(OWNER, TITLE),
                        IndexSpec.on(PUBLIC, STATUS, "-" + CREATED),
                        IndexSpec.on(STATUS, CREATED))));
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
                new Versioned<>(track.id(), track.version(), track.number(), TrackRow.of(track.state())),
                List.of(event));
    }

    @Override
    public Flux<UUID> removeAllOf(UUID ownerId, TrackEvent event) {
        return rows.deleteAll(eq(OWNER, ownerId), List.of(event));
    }

    @Override
    public Mono<Page<Versioned<Track>>> browse(TrackFilter filter, TrackOrder order, Paging paging) {
        return rows.page(query(filter), sort(order), paging).map(page -> page.map(MongoTracks::track));
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
    public Flux<UUID> existing(Collection<UUID> ids) {
        return rows.find(in("_id", ids)).map(Versioned::id);
    }

    private static Bson seenBy(@Nullable UUID viewer) {
        Bson open = and(eq(PUBLIC, true), ne(STATUS, TrackStatus.FAILED.name()));
        return viewer == null ? open : or(open, eq(OWNER, viewer));
    }

    private static Bson query(TrackFilter filter) {
        List<Bson> all = new ArrayList<>();
        all.add(seenBy(filter.viewer()));
        if (filter.ownerId() != null) {
            all.add(eq(OWNER, filter.ownerId()));
        }
        if (filter.text() != null) {
            SearchText.words(filter.text()).forEach(word -> all.add(regex("state.text", Pattern.quote(word))));
        }
        if (filter.genre() != null) {
            all.add(eq("state.genre", SearchText.folded(filter.genre())));
        }
        if (filter.mood() != null) {
            all.add(eq("state.mood", SearchText.folded(filter.mood())));
        }
        filter.tags().forEach(tag -> all.add(eq("state.tags", SearchText.folded(tag))));
        if (filter.isPublic() != null) {
            all.add(eq(PUBLIC, filter.isPublic()));
        }
        if (filter.format() != null) {
            all.add(eq(FORMAT, filter.format()));
        }
        if (filter.minSeconds() != null) {
            all.add(gte(SECONDS, filter.minSeconds()));
        }
        if (filter.maxSeconds() != null) {
            all.add(lte(SECONDS, filter.maxSeconds()));
        }
        if (filter.from() != null) {
            all.add(gte(CREATED, filter.from()));
        }
        if (filter.to() != null) {
            all.add(lte(CREATED, filter.to()));
        }
        return all.isEmpty() ? empty() : and(all);
    }

    private static Bson sort(TrackOrder order) {
        List<String> fields =
                switch (order.field()) {
                    case CREATED_AT -> List.of(CREATED);
                    case UPDATED_AT -> List.of(TRACK + "updatedAt");
                    case PUBLISHED_AT -> List.of(TRACK + "publishedAt");
                    case TITLE -> List.of("state.title");
                    case ARTIST -> List.of("state.artist");
                    case DURATION -> List.of(SECONDS);
                    case LIKES -> List.of(TRACK + "counts.likes");
                    case DOWNLOADS -> List.of(TRACK + "counts.downloads");
                    case POPULARITY -> List.of(TRACK + "counts.plays", TRACK + "counts.likes");
                };
        return orderBy(order.ascending() ? ascending(fields) : descending(fields), descending("_id"));
    }

    private static Change<TrackRow, TrackEvent> row(Change<Track, TrackEvent> change) {
        return new Change<>(TrackRow.of(change.state()), change.events());
    }

    private static Versioned<Track> track(Versioned<TrackRow> row) {
        return new Versioned<>(
                row.id(), row.version(), row.number(), row.state().track());
    }
}
