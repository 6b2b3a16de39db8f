package dev.cadenza.platform.events;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What collections promise, on whichever MongoDB. No broker answers, so that outboxes keep what they get. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CollectionsContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ConfigurableApplicationContext service;
    private MongoCollection<BsonDocument> documents;
    private AggregateCollection<Account, Account.Event> accounts;
    private AggregateCollection<Account, Account.Event> derived;
    private FactCollection<Play> plays;
    private FactCollection<Play> chapters;
    private ProjectionCollection<Copy> copies;
    private NameClaims names;
    private Inbox inbox;

    record Play(UUID trackId, int seconds, @Nullable UUID listenerId) {
        Play(UUID trackId, int seconds) {
            this(trackId, seconds, null);
        }
    }

    record Copy(String name, int value) {}

    abstract String mongoUri(String database);

    /** The collections of the service under test. */
    @Configuration(proxyBeanMethods = false)
    static class Collections {

        @Bean
        AggregateCollection<Account, Account.Event> accounts(dev.cadenza.platform.events.Aggregates aggregates) {
            return aggregates.collection(Account.definition(Account.TOPIC));
        }

        @Bean
        AggregateCollection<Account, Account.Event> derived(dev.cadenza.platform.events.Aggregates aggregates) {
            return aggregates.collection(new AggregateDefinition<>(
                    "derived",
                    Account.class,
                    Account.TOPIC,
                    false,
                    Account.definition(Account.TOPIC).translate(),
                    List.of()));
        }

        @Bean
        FactCollection<Play> plays(dev.cadenza.platform.events.Aggregates aggregates) {
            return aggregates.facts(new FactDefinition<>(
                    "plays",
                    Play.class,
                    "test.play.v1",
                    (id, play) -> new EventMessage("test.play", 1, play),
                    List.of(IndexSpec.on("fact.trackId"))));
        }

        @Bean
        FactCollection<Play> chapters(dev.cadenza.platform.events.Aggregates aggregates) {
            return aggregates.facts(FactDefinition.unpublished(
                    "chapters",
                    Play.class,
                    List.of(IndexSpec.unique("chapter.taken", "It is taken.", "fact.trackId", "fact.seconds"))));
        }

        @Bean
        ProjectionCollection<Copy> copies(dev.cadenza.platform.events.Aggregates aggregates) {
            return aggregates.projection("copies", Copy.class, List.of(IndexSpec.on("state.name")));
        }

        @Bean
        NameClaims names(dev.cadenza.platform.events.Aggregates aggregates) {
            return aggregates.nameClaims("names", Duration.ofMinutes(2));
        }
    }

    @BeforeAll
    @SuppressWarnings("unchecked") // beans by name have no type arguments
    void start() {
        service = EventsTestApplication.start(
                mongoUri(EventsTestApplication.database()), "127.0.0.1:1", List.of(Collections.class));
        accounts = service.getBean("accounts", AggregateCollection.class);
        derived = service.getBean("derived", AggregateCollection.class);
        plays = service.getBean("plays", FactCollection.class);
        chapters = service.getBean("chapters", FactCollection.class);
        copies = service.getBean("copies", ProjectionCollection.class);
        names = service.getBean(NameClaims.class);
        inbox = service.getBean(Inbox.class);
        documents = service.getBean(MongoDatabase.class).getCollection("accounts", BsonDocument.class);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void findsWhatItInserted() {
        UUID id = UUID.randomUUID();
        Versioned<Account> inserted = get(accounts.insert(id, Account.opened("first")));
        assertThat(get(accounts.find(id))).isEqualTo(inserted);
        assertThat(get(accounts.findByNumber(inserted.requireNumber()))).isEqualTo(inserted);
        assertThat(get(accounts.findOne(eq("state.owner", inserted.state().owner()))))
                .isEqualTo(inserted);
        assertThat(accounts.find(UUID.randomUUID()).blockOptional(PATIENCE)).isEmpty();
    }

    @Test
    void aClaimedNameOfAProcessThatDiedIsFreeAgainAndOneThatIsLateEndsNobodyElsesClaim() {
        UUID owner = UUID.randomUUID();
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        Instant end = now.plus(Duration.ofMinutes(2));
        assertThat(get(names.take(owner, "Song", now, end))).isTrue();
        assertThat(get(names.take(owner, "Song", now.plusSeconds(119), end.plusSeconds(119))))
                .isFalse();
        assertThat(get(names.take(owner, "Song", end, end.plusSeconds(120)))).isTrue();
        names.release(owner, "Song", end).block(PATIENCE);
        assertThat(get(names.take(owner, "Song", end, end.plusSeconds(121)))).isFalse();
        names.release(owner, "Song", end.plusSeconds(120)).block(PATIENCE);
        assertThat(get(names.take(owner, "Song", end, end.plusSeconds(121)))).isTrue();
    }

    @Test
    void storesStateAndEventsInOneDocument() {
        UUID id = UUID.randomUUID();
        Versioned<Account> account = get(accounts.insert(id, Account.opened("stored"))
                .contextWrite(context -> context.put("traceparent", "00-trace").put("requestId", "req_1")));
        get(accounts.update(account, account.state().paid(5)));
        BsonDocument document = get(Mono.from(documents.find(eq("_id", id)).first()));
        assertThat(document.getDocument("state").getInt32("balance").getValue()).isEqualTo(5);
        assertThat(document).containsKey("pendingSince");
        List<BsonDocument> events = document.getArray("outbox").stream()
                .map(event -> event.asDocument())
                .toList();
        assertThat(events)
                .extracting(event -> event.getString("type").getValue())
                .containsExactly("test.account.opened", "test.account.paid");
        assertThat(events.getFirst().getString("traceparent").getValue()).isEqualTo("00-trace");
        assertThat(events.getFirst().getString("requestId").getValue()).isEqualTo("req_1");
        assertThat(events)
                .extracting(event -> event.getInt64("seq").getValue())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesAnIdThatIsInUse() {
        UUID id = UUID.randomUUID();
        get(accounts.insert(id, Account.opened("one")));
        assertConflict("accounts.exists", () -> get(accounts.insert(id, Account.opened("two"))));
    }

    @Test
    void answersAViolatedUniqueIndexWithItsConflict() {
        Versioned<Account> first = get(accounts.insert(UUID.randomUUID(), Account.opened("same")));
        assertConflict(
                "account.duplicate",
                () -> get(accounts.insert(UUID.randomUUID(), Change.of(first.state(), new Account.Opened()))));
        Account other =
                new Account(first.state().owner(), "other", 0, first.state().openedAt());
        Versioned<Account> second = get(accounts.insert(UUID.randomUUID(), Change.of(other, new Account.Opened())));
        assertConflict(
                "account.duplicate", () -> get(accounts.update(second, Change.of(first.state(), new Account.Paid(0)))));
    }

    @Test
    void refusesAWriteThatIsBasedOnAnOlderVersion() {
        Versioned<Account> old = get(accounts.insert(UUID.randomUUID(), Account.opened("raced")));
        get(accounts.update(old, old.state().paid(1)));
        assertConflict(
                "accounts.stale", () -> get(accounts.update(old, old.state().paid(2))));
        assertConflict("accounts.stale", () -> accounts.delete(old, List.of()).block(PATIENCE));
        assertThat(get(accounts.find(old.id())).state().balance()).isEqualTo(1);
    }

    @Test
    void triesAChangeAgainWhereSomebodyElseWasFaster() {
        UUID id = UUID.randomUUID();
        get(accounts.insert(id, Account.opened("busy")));
        Flux.range(0, 4)
                .flatMap(i -> accounts.change(id, account -> account.state().paid(1)), 4)
                .blockLast(PATIENCE);
        assertThat(get(accounts.find(id)).state().balance()).isEqualTo(4);
    }

    @Test
    void writesNothingWhereAChangeChangesNothing() {
        UUID id = UUID.randomUUID();
        Versioned<Account> account = get(accounts.insert(id, Account.opened("idle")));
        assertThat(get(accounts.change(id, current -> Change.of(current.state()))))
                .isEqualTo(account);
        assertThat(get(accounts.find(id)).version()).isEqualTo(account.version());
        assertThat(accounts.change(UUID.randomUUID(), current -> Change.of(current.state()))
                        .blockOptional(PATIENCE))
                .isEmpty();
    }

    @Test
    void keepsATombstoneUntilItsEventsAreOut() {
        UUID id = UUID.randomUUID();
        Versioned<Account> account = get(accounts.insert(id, Account.opened("gone")));
        accounts.delete(account, List.of(new Account.Closed())).block(PATIENCE);
        assertThat(accounts.find(id).blockOptional(PATIENCE)).isEmpty();
        assertThat(get(accounts.count(eq("_id", id)))).isZero();
        assertConflict(
                "accounts.stale",
                () -> get(accounts.update(account, account.state().paid(1))));
        BsonDocument tombstone = get(Mono.from(documents.find(eq("_id", id)).first()));
        assertThat(tombstone).containsKeys("deletedAt", "pendingSince").doesNotContainKey("state");
        assertThat(tombstone.getArray("outbox")).hasSize(2);
    }

    @Test
    void freesIdAndUniqueValuesOfWhatWasDeleted() {
        UUID id = UUID.randomUUID();
        Versioned<Account> first = get(accounts.insert(id, Account.opened("again")));
        accounts.delete(first, List.of(new Account.Closed())).block(PATIENCE);
        Versioned<Account> other =
                get(accounts.insert(UUID.randomUUID(), Change.of(first.state(), new Account.Opened())));
        accounts.delete(other, List.of()).block(PATIENCE);
        Versioned<Account> second = get(accounts.insert(id, Change.of(first.state(), new Account.Opened())));
        assertThat(second.version()).isGreaterThan(first.version() + 1);
        assertThat(get(accounts.find(id))).isEqualTo(second);
        BsonDocument document = get(Mono.from(documents.find(eq("_id", id)).first()));
        assertThat(document).doesNotContainKey("deletedAt");
        assertThat(document.getArray("outbox")).hasSize(3);
    }

    @Test
    void numbersConcurrentInsertsDifferently() {
        List<Long> numbers = Flux.range(0, 60)
                .flatMap(i -> accounts.insert(UUID.randomUUID(), Account.opened("n" + i)), 12)
                .map(Versioned::requireNumber)
                .collectList()
                .block(PATIENCE);
        assertThat(numbers).hasSize(60).doesNotHaveDuplicates().allMatch(number -> number > 0);
    }

    @Test
    void pagesSortsCountsAndAggregates() {
        UUID owner = UUID.randomUUID();
        Flux.range(0, 5)
                .concatMap(i -> accounts.insert(
                        UUID.randomUUID(),
                        Change.of(new Account(owner, "p" + i, i, java.time.Instant.now()), new Account.Opened())))
                .blockLast(PATIENCE);
        var page = get(accounts.page(eq("state.owner", owner), descending("state.balance"), new Paging(1, 2)));
        assertThat(page.total()).isEqualTo(5);
        assertThat(page.items())
                .extracting(account -> account.state().balance())
                .containsExactly(3, 2);
        assertThat(accounts.find(eq("state.owner", owner)).collectList().block(PATIENCE))
                .hasSize(5);
        assertThat(get(accounts.aggregate(List.of(
                                        Aggregates.match(eq("state.owner", owner)),
                                        Aggregates.group(null, Accumulators.sum("total", "$state.balance"))))
                                .next())
                        .get("total"))
                .isEqualTo(10);
    }

    @Test
    void sendsWhatOthersDeriveFromTheSameWrite() {
        List<UUID> written = new ArrayList<>();
        derived.alsoSend((before, after) -> List.of(new EventMessage(
                "test.job", 1, List.of(before == null ? 0 : 1, after == null ? 0 : 1), "test.jobs.v1")));
        derived.afterWrite(written::add);
        derived.afterWrite(id -> {
            throw new IllegalStateException("a listener that fails");
        });
        UUID id = UUID.randomUUID();
        Versioned<Account> account = get(derived.insert(id, Account.opened("derived")));
        account = get(derived.update(account, account.state().paid(1)));
        derived.delete(account, List.of()).block(PATIENCE);
        BsonDocument document = get(Mono.from(service.getBean(MongoDatabase.class)
                .getCollection("derived", BsonDocument.class)
                .find(eq("_id", id))
                .first()));
        assertThat(document.getArray("outbox"))
                .extracting(event -> event.asDocument().getString("topic").getValue() + " "
                        + event.asDocument().getString("data").getValue())
                .filteredOn(text -> text.startsWith("test.jobs.v1"))
                .containsExactly("test.jobs.v1 [0,1]", "test.jobs.v1 [1,1]", "test.jobs.v1 [1,0]");
        assertThat(written).containsExactly(id, id, id);
    }

    @Test
    void ignoresRepeatsOfAFact() {
        UUID id = UUID.randomUUID();
        UUID track = UUID.randomUUID();
        plays.record(id, new Play(track, 10)).block(PATIENCE);
        plays.record(id, new Play(track, 99)).block(PATIENCE);
        plays.record(UUID.randomUUID(), new Play(track, 20)).block(PATIENCE);
        assertThat(get(plays.find(id))).isEqualTo(new Play(track, 10));
        assertThat(get(plays.count(eq("fact.trackId", track)))).isEqualTo(2);
        assertThat(plays.find(eq("fact.trackId", track), ascending("fact.seconds"), new Paging(0, 10))
                        .map(Play::seconds)
                        .collectList()
                        .block(PATIENCE))
                .containsExactly(10, 20);
        assertThat(plays.distinct("fact.trackId", gt("fact.seconds", 0), UUID.class)
                        .collectList()
                        .block(PATIENCE))
                .contains(track);
        assertThat(get(Mono.from(service.getBean(MongoDatabase.class)
                                .getCollection("plays", BsonDocument.class)
                                .find(eq("_id", id))
                                .first()))
                        .getArray("outbox"))
                .hasSize(1);
    }

    @Test
    void storesFactsThatBuildOnOneAnotherUpToTheFirstThatIsRefused() {
        UUID track = UUID.randomUUID();
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(5).toList();
        SequencedMap<UUID, Play> first = new LinkedHashMap<>();
        ids.subList(0, 3).forEach(id -> first.put(id, new Play(track, first.size())));
        assertThat(get(chapters.recordInOrder(first))).isEqualTo(new FactCollection.Recorded(3, null));

        SequencedMap<UUID, Play> taken = new LinkedHashMap<>();
        taken.put(ids.get(3), new Play(track, 3));
        taken.put(ids.get(0), new Play(track, 4));
        taken.put(ids.get(4), new Play(track, 5));
        assertThat(get(chapters.recordInOrder(taken))).isEqualTo(new FactCollection.Recorded(1, "_id_"));
        assertThat(get(chapters.recordInOrder(new LinkedHashMap<>(Map.of(ids.get(4), new Play(track, 2))))))
                .isEqualTo(new FactCollection.Recorded(0, "fact.trackId_fact.seconds"));
        assertThat(chapters.find(eq("fact.trackId", track), ascending("fact.seconds"), new Paging(0, 10))
                        .map(Play::seconds)
                        .collectList()
                        .block(PATIENCE))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void projectsOnlyWhatIsNewer() {
        UUID id = UUID.randomUUID();
        assertThat(get(copies.apply(id, 10, new Copy("ten", 10)))).isTrue();
        assertThat(get(copies.apply(id, 10, new Copy("repeat", 10)))).isFalse();
        assertThat(get(copies.apply(id, 9, new Copy("older", 9)))).isFalse();
        assertThat(get(copies.find(id))).isEqualTo(new Copy("ten", 10));
        assertThat(get(copies.remove(id, 11))).isTrue();
        assertThat(get(copies.apply(id, 10, new Copy("late", 10)))).isFalse();
        assertThat(get(copies.remove(id, 11))).isFalse();
        assertThat(copies.find(id).blockOptional(PATIENCE)).isEmpty();
        assertThat(get(copies.count(eq("_id", id)))).isZero();
        assertThat(get(copies.apply(id, 12, new Copy("back", 12)))).isTrue();
        assertThat(get(copies.find(id))).isEqualTo(new Copy("back", 12));
    }

    @Test
    void remembersARemovalThatCameFirst() {
        UUID id = UUID.randomUUID();
        assertThat(get(copies.remove(id, 5))).isTrue();
        assertThat(get(copies.apply(id, 4, new Copy("late", 4)))).isFalse();
        assertThat(copies.find(eq("_id", id)).blockFirst(PATIENCE)).isNull();
    }

    @Test
    void keepsTheNewestOfConcurrentEvents() {
        UUID id = UUID.randomUUID();
        Flux.range(1, 20)
                .flatMap(seq -> copies.apply(id, seq, new Copy("c", seq)), 20)
                .blockLast(PATIENCE);
        assertThat(get(copies.find(id)).value()).isEqualTo(20);
    }

    @Test
    void runsAnEffectOnce() {
        UUID event = UUID.randomUUID();
        AtomicInteger effects = new AtomicInteger();
        Mono<Void> effect = Mono.fromRunnable(effects::incrementAndGet);
        assertThat(get(inbox.once("mail", event, effect))).isTrue();
        assertThat(get(inbox.once("mail", event, effect))).isFalse();
        assertThat(get(inbox.once("other", event, effect))).isTrue();
        assertThat(effects).hasValue(2);
    }

    @Test
    void runsAnEffectAgainThatFailed() {
        UUID event = UUID.randomUUID();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> get(inbox.once("mail", event, Mono.error(new IllegalStateException("no")))));
        assertThat(get(inbox.once("mail", event, Mono.empty()))).isTrue();
    }

    @Test
    void leavesAnEffectToWhoeverIsAtItUntilTheLeaseEnds() {
        UUID event = UUID.randomUUID();
        MongoCollection<BsonDocument> rows =
                service.getBean(MongoDatabase.class).getCollection("inbox", BsonDocument.class);
        Inbox crashing = new Inbox(rows, java.time.Clock.systemUTC(), Duration.ofMillis(600));
        // claimed, and then the process was gone
        Mono<Void> never = Mono.never();
        var claimed = crashing.once("mail", event, never).subscribe();
        await().atMost(PATIENCE).until(() -> get(Mono.from(rows.countDocuments(eq("_id", "mail:" + event)))) == 1);
        claimed.dispose();
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> get(inbox.once("mail", event, Mono.empty())))
                .matches(e -> e.failure() instanceof Failure.Unavailable);
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(FailureException.class)
                .until(() -> get(inbox.once("mail", event, Mono.empty())));
    }

    @Test
    void letsOneOfManyConcurrentEffectsThrough() {
        UUID event = UUID.randomUUID();
        AtomicInteger effects = new AtomicInteger();
        Flux.range(0, 10)
                .flatMap(i -> inbox.once(
                                "mail",
                                event,
                                Mono.delay(Duration.ofMillis(30)).then(Mono.fromRunnable(effects::incrementAndGet)))
                        .onErrorComplete(FailureException.class))
                .blockLast(PATIENCE);
        assertThat(effects).hasValue(1);
    }

    @Test
    void removesAllMatchesThoughOthersChangeThemMeanwhile() {
        String name = "all" + UUID.randomUUID();
        UUID kept =
                get(accounts.insert(UUID.randomUUID(), Account.opened("kept"))).id();
        Flux.range(0, 50)
                .flatMap(i -> accounts.insert(UUID.randomUUID(), Account.opened(name)))
                .blockLast(PATIENCE);
        List<UUID> ids =
                get(accounts.find(eq("state.name", name)).map(Versioned::id).collectList());
        Flux<Object> changes = Flux.fromIterable(ids)
                .flatMap(id ->
                        accounts.change(id, account -> account.state().paid(1)).onErrorComplete(FailureException.class))
                .ofType(Object.class);
        List<UUID> gone = get(Flux.merge(
                        changes.ignoreElements().ofType(UUID.class),
                        accounts.deleteAll(eq("state.name", name), List.of(new Account.Closed())))
                .collectList());
        assertThat(gone).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(get(accounts.count(eq("state.name", name)))).isZero();
        assertThat(accounts.find(kept).blockOptional(PATIENCE)).isPresent();
        BsonDocument tombstone =
                get(Mono.from(documents.find(eq("_id", ids.getFirst())).first()));
        assertThat(tombstone
                        .getArray("outbox")
                        .getLast()
                        .asDocument()
                        .getString("type")
                        .getValue())
                .isEqualTo("test.account.closed");
        assertThat(get(accounts.deleteAll(eq("state.name", name), List.of(new Account.Closed()))
                        .count()))
                .isZero();
    }

    @Test
    void forgetsSomebodyInFacts() {
        UUID listener = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        UUID track = UUID.randomUUID();
        plays.record(first, new Play(track, 1, listener)).block(PATIENCE);
        plays.record(second, new Play(track, 2, other)).block(PATIENCE);
        assertThat(get(plays.forget("fact.listenerId", eq("fact.listenerId", listener))))
                .isEqualTo(1);
        assertThat(get(plays.forget("fact.listenerId", eq("fact.listenerId", listener))))
                .isZero();
        assertThat(get(plays.find(first))).isEqualTo(new Play(track, 1));
        assertThat(get(plays.find(second))).isEqualTo(new Play(track, 2, other));
    }

    private static <T> T get(Mono<T> mono) {
        @Nullable T value = mono.block(PATIENCE);
        assertThat(value).isNotNull();
        return value;
    }

    private static void assertConflict(String code, ThrowingCallable write) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(write)
                .satisfies(e -> assertThat(e.failure())
                        .isInstanceOfSatisfying(
                                Failure.Conflict.class,
                                conflict -> assertThat(conflict.code()).isEqualTo(code)));
    }
}
