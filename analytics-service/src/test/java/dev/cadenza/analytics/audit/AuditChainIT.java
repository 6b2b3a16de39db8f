package dev.cadenza.analytics.audit;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.cadenza.analytics.AnalyticsApplication;
import dev.cadenza.analytics.AnalyticsIT;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.OwnEventLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The chain: that it grows whoever adds to it, and that nothing can be done to it in the database unnoticed. */
class AuditChainIT extends AnalyticsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static @Nullable ConfigurableApplicationContext other;

    @Autowired
    private AuditLog log;

    @Autowired
    private AnchorHead anchorHead;

    @Autowired
    private CountRows countRows;

    @Autowired
    private ReadAuditStats readAuditStats;

    @Autowired
    private Environment environment;

    @Autowired
    private MongoDatabase database;

    private MongoCollection<BsonDocument> rows;
    private MongoCollection<BsonDocument> anchors;
    private final UUID user = Ids.next();

    @BeforeEach
    void collections() {
        rows = database.getCollection("audit", BsonDocument.class);
        anchors = database.getCollection("audit_anchors", BsonDocument.class);
    }

    @Test
    void severalInstancesAddAtTheSameTimeWithoutLossOrFork() {
        List<AuditEntry> entries = IntStream.range(0, 150)
                .mapToObj(i -> entry("instance.wrote", Integer.toString(i)))
                .toList();
        AuditLog otherLog = logOfAnotherInstance();
        // both write all of it, from many sides, in different orders
        Flux<AuditEntry> here = Flux.fromIterable(entries);
        Flux<AuditEntry> there = Flux.fromIterable(entries.reversed());
        Mono.when(here.flatMap(log::append, 40), there.flatMap(otherLog::append, 7))
                .block(PATIENCE);
        assertThat(targets("instance.wrote"))
                .containsExactlyInAnyOrderElementsOf(
                        entries.stream().map(AuditEntry::target).toList());
        assertThat(verify()).containsEntry("valid", true);
    }

    @Test
    void whoeverAddsOneAfterTheOtherFindsThemInThisOrder() {
        Flux.range(0, 30)
                .concatMap(i -> log.append(entry("order.kept", Integer.toString(i))))
                .blockLast(PATIENCE);
        assertThat(targets("order.kept"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 30).mapToObj(Integer::toString).toList());
    }

    @Test
    void aRepeatChangesNothing() {
        AuditEntry entry = entry("repeat.once", "x");
        Flux.range(0, 20).flatMap(i -> log.append(entry)).blockLast(PATIENCE);
        log.append(entry).block(PATIENCE);
        assertThat(targets("repeat.once")).hasSize(1);
        assertThat(verify()).containsEntry("valid", true);
    }

    @Test
    void countsAreExactWhoeverCountsThem() {
        Flux.range(0, 1_300)
                .flatMap(i -> log.append(entry(i % 2 == 0 ? "count.even" : "count.odd", "x")), 200)
                .blockLast(PATIENCE);
        Map<String, Long> before = get(readAuditStats.read(null));
        Flux.range(0, 4).flatMap(i -> countRows.count(), 4).blockLast(PATIENCE);
        assertThat(get(readAuditStats.read(user))).isEqualTo(Map.of("count.even", 650L, "count.odd", 650L));
        log.append(entry("count.even", "x")).block(PATIENCE);
        assertThat(get(readAuditStats.read(user))).isEqualTo(Map.of("count.even", 651L, "count.odd", 650L));
        assertThat(get(readAuditStats.read(null)))
                .containsEntry("count.even", before.getOrDefault("count.even", 0L) + 1)
                .containsEntry("count.odd", before.getOrDefault("count.odd", 0L));
    }

    @Test
    void anUntouchedChainVerifies() {
        chain(5);
        Map<String, Object> result = verify();
        assertThat(result)
                .containsEntry("valid", true)
                .containsEntry("finished", true)
                .doesNotContainKey("broken");
        Anchor head = get(log.head());
        assertThat((Integer) result.get("rows")).isLessThanOrEqualTo((int) head.seq());
        assertThat(Anchor.parse((String) Objects.requireNonNull(result.get("head"))))
                .isPresent();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("user", set("fact.entry.userId", UUID.randomUUID())),
                Arguments.of("user taken away", unset("fact.entry.userId")),
                Arguments.of("actor", set("fact.entry.actorId", UUID.randomUUID())),
                Arguments.of("id", set("fact.entry.id", UUID.randomUUID())),
                Arguments.of("action", set("fact.entry.action", "track.deleted")),
                Arguments.of("target", set("fact.entry.target", "other")),
                Arguments.of("target taken away", unset("fact.entry.target")),
                Arguments.of("address", set("fact.entry.ip", "203.0.113.9")),
                Arguments.of("network", set("fact.network", "203.0.113.0/24")),
                Arguments.of("user agent", set("fact.entry.userAgent", "wget")),
                Arguments.of("detail", set("fact.entry.details.format", "mp3")),
                Arguments.of("another detail", set("fact.entry.details.more", "x")),
                Arguments.of("details taken away", unset("fact.entry.details")),
                Arguments.of("moment", set("fact.entry.at", Instant.EPOCH)),
                Arguments.of("previous", set("fact.previous", "0".repeat(64))),
                Arguments.of("hash", set("fact.hash", "0".repeat(64))),
                Arguments.of("hash taken away", unset("fact.hash")),
                Arguments.of("a number for the action", set("fact.entry.action", 7)),
                Arguments.of("a broken place", set("fact.seq", 1e15 + 0.5)),
                Arguments.of("everything", set("fact", "gone")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aChangedRowIsFound(String what, Bson change) {
        long seq = chain(3).get(1).seq();
        tampering(
                () -> update(eq("fact.seq", seq), change),
                () -> assertThat(brokenAt()).isEqualTo(seq));
    }

    @Test
    void aRowThatIsHashedAnewIsFoundAtTheNextOne() {
        List<AuditRow> chain = chain(3);
        AuditRow row = chain.get(1);
        AuditRow forged = AuditRow.after(chain.get(0).anchor(), entry("track.deleted", "forged"));
        tampering(
                () -> update(
                        eq("fact.seq", row.seq()),
                        combine(
                                set("fact.entry.id", forged.entry().id()),
                                set("fact.entry.action", forged.entry().action()),
                                set("fact.entry.target", forged.entry().target()),
                                set("fact.entry.userId", forged.entry().userId()),
                                set("fact.entry.at", forged.entry().at()),
                                set("fact.hash", forged.hash()))),
                () -> assertThat(brokenAt()).isEqualTo(row.seq() + 1));
    }

    @Test
    void aRemovedRowIsFound() {
        long seq = chain(3).get(1).seq();
        tampering(
                () -> get(rows.deleteOne(eq("fact.seq", seq))),
                () -> assertThat(brokenAt()).isEqualTo(seq));
    }

    @Test
    void theFirstRowIsMissedToo() {
        chain(2);
        tampering(
                () -> get(rows.deleteOne(eq("fact.seq", 1L))),
                () -> assertThat(brokenAt()).isEqualTo(1));
    }

    @Test
    void anInsertedRowIsFoundWhereverItStands() {
        List<AuditRow> chain = chain(3);
        AuditRow last = chain.getLast();
        AuditRow forged = AuditRow.after(chain.get(0).anchor(), entry("forged", "x"));
        // between two others
        tampering(
                () -> insert(forged, new BsonDouble(forged.seq() + 0.5)),
                () -> assertThat(brokenAt()).isEqualTo(forged.seq() + 1));
        // nowhere
        for (BsonDocument place : List.of(
                new BsonDocument(),
                new BsonDocument("seq", new BsonInt64(0)),
                new BsonDocument("seq", new BsonString("1")))) {
            tampering(
                    () -> get(rows.insertOne(new BsonDocument("_id", new BsonString("forged")).append("fact", place))),
                    () -> assertThat(verify()).containsEntry("valid", false));
        }
        // at the end, made like one
        tampering(
                () -> insert(forged, new BsonInt64(last.seq() + 1)),
                () -> assertThat(brokenAt()).isEqualTo(last.seq() + 1));
    }

    @Test
    void rowsThatChangedPlacesAreFound() {
        List<AuditRow> chain = chain(4);
        long first = chain.get(1).seq();
        long second = chain.get(2).seq();
        tampering(
                () -> {
                    update(eq("fact.seq", first), set("fact.seq", -1L));
                    update(eq("fact.seq", second), set("fact.seq", first));
                    update(eq("fact.seq", -1L), set("fact.seq", second));
                },
                () -> assertThat(brokenAt()).isEqualTo(first));
    }

    @Test
    void aLogThatLostItsEndIsFoundByWhatWasWrittenDown() {
        List<AuditRow> chain = chain(3);
        Anchor head = get(anchorHead.anchor());
        assertThat(anchorHead.isBroken()).isFalse();
        assertThat(anchorHead.length()).isGreaterThanOrEqualTo(chain.getLast().seq());
        tampering(() -> get(rows.deleteMany(gt("fact.seq", chain.getFirst().seq()))), () -> {
            assertThat(brokenAt()).isEqualTo(chain.getFirst().seq() + 1);
            anchorHead.anchor().block(PATIENCE);
            assertThat(anchorHead.isBroken()).isTrue();
            // whoever takes the anchors away as well does not know of the one that an operator kept
            get(anchors.deleteMany(new BsonDocument()));
            assertThat(verify()).containsEntry("valid", true);
            assertThat(verify(head.toString())).containsEntry("valid", false);
        });
        anchorHead.anchor().block(PATIENCE);
        assertThat(anchorHead.isBroken()).isFalse();
        assertThat(verify(head.toString())).containsEntry("valid", true);
    }

    @Test
    void aLogThatWasWrittenAnewIsFoundByWhatWasWrittenDown() {
        AuditRow row = chain(1).getFirst();
        Anchor other = new Anchor(row.seq(), "0".repeat(64));
        assertThat(verify(row.anchor().toString())).containsEntry("valid", true);
        Map<String, Object> result = verify(other.toString(), row.anchor().toString());
        assertThat(result).containsEntry("valid", false);
        assertThat(result.get("broken"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("seq", (int) row.seq());
    }

    @Test
    void theLogGoesOnAfterARowThatSomebodySpoiled() {
        AuditRow last = chain(1).getFirst();
        tampering(() -> update(eq("fact.seq", last.seq()), set("fact.entry.action", 7)), () -> {
            try (ConfigurableApplicationContext other = anotherInstance()) {
                other.getBean(AuditLog.class).append(entry("went.on", "x")).block(PATIENCE);
            }
            assertThat(brokenAt()).isEqualTo(last.seq());
        });
        assertThat(verify()).containsEntry("valid", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1:zz", "1"})
    void whatIsNoAnchorIsRefused(String anchor) {
        client.get()
                .uri("/internal/audit/verify?anchor={anchor}", anchor)
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    // ---- the chain ----------------------------------------------------------------------------------------------

    private AuditEntry entry(String action, String target) {
        return AuditEntry.of(
                Ids.next(), user, null, action, target, "192.0.2.1", "test", Map.of("format", "wav"), clock.instant());
    }

    /** Some rows at its end. */
    private List<AuditRow> chain(int length) {
        List<AuditEntry> entries = IntStream.range(0, length)
                .mapToObj(i -> entry("chain.grown", "t"))
                .toList();
        Flux.fromIterable(entries).concatMap(log::append).blockLast(PATIENCE);
        Set<UUID> ids = new HashSet<>(entries.stream().map(AuditEntry::id).toList());
        List<AuditRow> chain = get(log.rows(1, Long.MAX_VALUE)
                .filter(row -> ids.contains(row.entry().id()))
                .collectList());
        assertThat(chain).hasSize(length);
        return chain;
    }

    private List<String> targets(String action) {
        return get(log.rows(1, Long.MAX_VALUE)
                .map(AuditRow::entry)
                .filter(entry -> user.equals(entry.userId()) && entry.action().equals(action))
                .mapNotNull(AuditEntry::target)
                .collectList());
    }

    private Map<String, Object> verify(String... anchors) {
        String lines = body(client.get()
                .uri(uri -> {
                    uri.path("/internal/audit/verify");
                    for (String anchor : anchors) {
                        uri.queryParam("anchor", anchor);
                    }
                    return uri.build();
                })
                .exchange()
                .expectStatus()
                .isOk());
        List<String> all = lines.lines().toList();
        return JsonPath.read(all.getLast(), "$");
    }

    private long brokenAt() {
        Map<String, Object> result = verify();
        assertThat(result).containsEntry("valid", false).containsEntry("finished", true);
        return JsonPath.<Integer>read(result, "$.broken.seq");
    }

    private AuditLog logOfAnotherInstance() {
        if (other == null) {
            other = anotherInstance();
        }
        return other.getBean(AuditLog.class);
    }

    @AfterAll
    static void stopTheOther() {
        if (other != null) {
            other.close();
        }
    }

    private ConfigurableApplicationContext anotherInstance() {
        Map<String, Object> settings = new HashMap<>();
        for (String name : List.of(
                "spring.mongodb.uri",
                "spring.kafka.bootstrap-servers",
                "cadenza.security.issuers[0].issuer",
                "cadenza.security.issuers[0].jwks-uri")) {
            settings.put(name, environment.getRequiredProperty(name));
        }
        settings.put("server.port", "0");
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new SpringApplicationBuilder(AnalyticsApplication.class, OwnEventLoops.class)
                .run(arguments.toArray(String[]::new));
    }

    // ---- what an attacker does ----------------------------------------------------------------------------------

    /** Does something to the database, looks, and makes everything as it was. */
    private void tampering(Runnable attack, Runnable look) {
        List<BsonDocument> rowsBefore = all(rows);
        List<BsonDocument> anchorsBefore = all(anchors);
        try {
            attack.run();
            look.run();
        } finally {
            restore(rows, rowsBefore);
            restore(anchors, anchorsBefore);
        }
    }

    private static List<BsonDocument> all(MongoCollection<BsonDocument> collection) {
        return get(Flux.from(collection.find().sort(ascending("fact.seq"))).collectList());
    }

    /** What came in the meantime stays. */
    private static void restore(MongoCollection<BsonDocument> collection, List<BsonDocument> before) {
        Map<Object, BsonDocument> now = new HashMap<>();
        all(collection).forEach(document -> now.put(document.get("_id"), document));
        List<BsonDocument> lost = before.stream()
                .filter(document -> !document.equals(now.get(document.get("_id"))))
                .toList();
        lost.forEach(document -> get(collection.deleteOne(eq("_id", document.get("_id")))));
        get(collection.deleteMany(eq("_id", "forged")));
        lost.forEach(document -> get(collection.insertOne(document)));
    }

    private void update(Bson which, Bson change) {
        assertThat(get(rows.updateOne(and(which), change)).getModifiedCount()).isEqualTo(1);
    }

    private void insert(AuditRow row, BsonValue seq) {
        BsonDocument copy = get(rows.find(eq("fact.seq", row.seq()))).clone();
        copy.put("_id", new BsonString("forged"));
        copy.getDocument("fact").put("seq", seq);
        get(rows.insertOne(copy));
    }

    private static <T> T get(Publisher<T> publisher) {
        return Objects.requireNonNull(Mono.from(publisher).block(PATIENCE));
    }
}
