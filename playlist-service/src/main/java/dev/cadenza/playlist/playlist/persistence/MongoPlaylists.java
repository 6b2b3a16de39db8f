package dev.cadenza.playlist.playlist.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.model.Aggregates;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.playlist.playlist.Playlist;
import dev.cadenza.playlist.playlist.PlaylistEvent;
import dev.cadenza.playlist.playlist.PlaylistFilter;
import dev.cadenza.playlist.playlist.Playlists;
import dev.cadenza.playlist.playlist.messaging.PlaylistEventTranslator;
import dev.cadenza.playlist.track.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Playlists in MongoDB. */
@Repository
class MongoPlaylists implements Playlists {

    private static final String ENTRIES = "playlist_entries";
    private static final Bson PUBLIC = eq("state.isPublic", true);
    private static final Bson NEWEST = descending("state.createdAt", "_id");

    /** Many may work on one playlist at the same moment, and none of them is to be turned away. */
    private static final Retry LOST_RACES = Retry.backoff(40, Duration.ofMillis(5))
            .maxBackoff(Duration.ofMillis(200))
            .jitter(0.9)
            .filter(error -> error instanceof FailureException e
                    && e.failure() instanceof Failure.Conflict conflict
                    && conflict.code().equals("playlists.stale"))
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());

    private final dev.cadenza.platform.events.Aggregates aggregates;
    private final AggregateCollection<Playlist, PlaylistEvent> collection;

    MongoPlaylists(dev.cadenza.platform.events.Aggregates aggregates) {
        this.aggregates = aggregates;
        this.collection = aggregates.collection(new AggregateDefinition<>(
                "playlists",
                Playlist.class,
                PlaylistEventTranslator.TOPIC,
                true,
                PlaylistEventTranslator::translate,
                List.of(
                        IndexSpec.on("state.ownerId", "-state.createdAt"),
                        IndexSpec.on("state.isPublic", "-state.createdAt"),
                        IndexSpec.on("state.collaborators.userId", "-state.createdAt"),
                        IndexSpec.on("state.title", "state.ownerId"),
                        IndexSpec.on("state.words"),
                        IndexSpec.on("state.links.hash"),
                        IndexSpec.on("state.entries.number"),
                        IndexSpec.on("state.entries.genre", "-state.createdAt"),
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
    public Flux<Versioned<Playlist>> find(Collection<UUID> ids) {
        return ids.isEmpty() ? Flux.empty() : collection.find(in("_id", ids));
    }

    @Override
    public Mono<Versioned<Playlist>> numbered(long number) {
        return collection.findByNumber(number);
    }

    @Override
    public Mono<Versioned<Playlist>> titled(String title, UUID user) {
        Bson titled = eq("state.title", title);
        Bson mayWrite = elemMatch("state.collaborators", and(eq("userId", user), ne("permission", "READ")));
        return oldest(and(titled, eq("state.ownerId", user)))
                .switchIfEmpty(Mono.defer(() -> oldest(and(titled, mayWrite))))
                .switchIfEmpty(Mono.defer(() -> oldest(and(titled, PUBLIC))));
    }

    private Mono<Versioned<Playlist>> oldest(Bson filter) {
        return collection.find(filter, ascending("number"), Paging.page(1, 1)).next();
    }

    @Override
    public Mono<Boolean> hasTitle(UUID ownerId, String title) {
        return collection
                .findOne(and(eq("state.title", title), eq("state.ownerId", ownerId)))
                .hasElement();
    }

    @Override
    public Mono<Versioned<Playlist>> change(UUID id, Function<Playlist, Change<Playlist, PlaylistEvent>> transition) {
        return collection
                .change(id, playlist -> transition.apply(playlist.state()))
                .retryWhen(LOST_RACES)
                .switchIfEmpty(absent());
    }

    @Override
    public Mono<Versioned<Playlist>> recount(UUID id, Mono<Long> followers) {
        return Mono.defer(() -> collection.find(id))
                // counted behind what the write depends on: a count that is stored is never older than another one
                .flatMap(current -> followers.flatMap(count -> current.state().followerCount() == count
                        ? Mono.just(current)
                        : collection.update(current, current.state().followedBy(count))))
                .retryWhen(LOST_RACES)
                .switchIfEmpty(absent());
    }

    private static <T> Mono<T> absent() {
        return Mono.error(() -> Failure.notFound("playlist.not_found", "Playlist not found."));
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
    public Mono<Page<Versioned<Playlist>>> browse(PlaylistFilter filter, Paging paging) {
        UUID viewer = filter.viewer();
        UUID owner = filter.ownerId();
        List<String> words = filter.words();
        Boolean isPublic = filter.isPublic();
        List<Bson> all = new ArrayList<>();
        if (isPublic != null) {
            all.add(eq("state.isPublic", isPublic));
        }
        if (owner != null) {
            all.add(eq("state.ownerId", owner));
        }
        if (owner == null || !owner.equals(viewer)) {
            all.add(
                    viewer == null
                            ? PUBLIC
                            : or(PUBLIC, eq("state.ownerId", viewer), eq("state.collaborators.userId", viewer)));
        }
        if (words != null) {
            if (words.isEmpty()) {
                return Mono.just(new Page<>(List.of(), 0, paging));
            }
            // words are letters and digits: nothing that means anything in a pattern
            words.forEach(word -> all.add(regex("state.words", "^" + word)));
        }
        return collection.page(and(all), NEWEST, paging);
    }

    @Override
    public Flux<UUID> unsettled(UUID trackId, @Nullable Track current) {
        Bson there = eq("state.entries.trackId", trackId);
        if (current == null) {
            return collection.find(there).map(Versioned::id);
        }
        String genre = current.genre();
        return collection
                .find(and(
                        there,
                        elemMatch(
                                "state.entries",
                                and(
                                        eq("trackId", trackId),
                                        or(
                                                ne("onlyFor", current.isPublic() ? null : current.ownerId()),
                                                ne("genre", genre == null ? null : genre.toLowerCase(Locale.ROOT)))))))
                .map(Versioned::id);
    }

    @Override
    public Flux<Versioned<Playlist>> holding(long entryNumber) {
        return collection.find(eq("state.entries.number", entryNumber));
    }

    @Override
    public Mono<Versioned<Playlist>> sharedAs(String linkHash) {
        return collection.findOne(eq("state.links.hash", linkHash));
    }

    @Override
    public Flux<UUID> collaboratedOnBy(UUID user) {
        return collection.find(eq("state.collaborators.userId", user)).map(Versioned::id);
    }

    @Override
    public Mono<Long> nextEntryNumber() {
        return aggregates.nextNumber(ENTRIES);
    }

    @Override
    public Mono<Page<OwnEntry>> entriesOf(UUID ownerId, Paging paging) {
        List<Bson> shown = List.of(
                Aggregates.match(eq("state.ownerId", ownerId)),
                Aggregates.unwind("$state.entries"),
                Aggregates.match(or(eq("state.entries.onlyFor", null), eq("state.entries.onlyFor", ownerId))));
        List<Bson> part = new ArrayList<>(shown);
        part.add(Aggregates.sort(descending("state.entries.number")));
        part.add(Aggregates.skip(Math.toIntExact(Math.min(paging.offset(), Integer.MAX_VALUE))));
        part.add(Aggregates.limit(paging.limit()));
        List<Bson> total = new ArrayList<>(shown);
        total.add(Aggregates.count("total"));
        return Mono.zip(
                collection.aggregate(part).map(MongoPlaylists::entry).collectList(),
                collection
                        .aggregate(total)
                        .next()
                        .map(row -> row.get("total", Number.class).longValue())
                        .defaultIfEmpty(0L),
                (entries, count) -> new Page<>(entries, count, paging));
    }

    private static OwnEntry entry(Document row) {
        Document state = row.get("state", Document.class);
        Document entry = state.get("entries", Document.class);
        return new OwnEntry(
                entry.get("number", Number.class).longValue(),
                entry.get("trackId", UUID.class),
                state.getString("title"));
    }

    @Override
    public Flux<Versioned<Playlist>> publicWith(Collection<UUID> trackIds, UUID notOf, int most) {
        return newest(trackIds, "state.entries.trackId", notOf, most);
    }

    @Override
    public Flux<Versioned<Playlist>> publicIn(Collection<String> genres, UUID notOf, int most) {
        return newest(genres, "state.entries.genre", notOf, most);
    }

    @Override
    public Flux<Versioned<Playlist>> publicOf(Collection<UUID> ownerIds, UUID notOf, int most) {
        return newest(ownerIds, "state.ownerId", notOf, most);
    }

    private Flux<Versioned<Playlist>> newest(Collection<?> values, String field, UUID notOf, int most) {
        return values.isEmpty()
                ? Flux.empty()
                : collection.find(
                        and(in(field, values), PUBLIC, ne("state.ownerId", notOf)), NEWEST, Paging.page(1, most));
    }
}
