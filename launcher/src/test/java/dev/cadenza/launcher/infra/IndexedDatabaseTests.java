package dev.cadenza.launcher.infra;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Filters.or;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store of the MongoDB stand-in finds what the original finds, which looks at every document. */
class IndexedDatabaseTests {

    @TempDir
    Path data;

    private final Random random = new Random(11);
    private final List<UUID> ids = new ArrayList<>();

    @Test
    void findsWhatIsFoundWithoutIndexes() {
        MongoBackend original = H2Backend.inMemory();
        with(
                original(),
                expected -> with(indexed(), actual -> {
                    for (MongoCollection<Document> things : List.of(expected, actual)) {
                        things.createIndex(Indexes.ascending("number"), new IndexOptions().unique(true));
                        things.createIndex(Indexes.ascending("owner", "at"));
                        things.createIndex(Indexes.ascending("tags"));
                        things.createIndex(Indexes.ascending("pending"));
                        things.createIndex(Indexes.ascending("parts.name"));
                    }
                    for (int i = 0; i < 300; i++) {
                        Document thing = thing(i);
                        expected.insertOne(thing);
                        actual.insertOne(thing);
                    }
                    compare(expected, actual);
                    for (int i = 0; i < 300; i++) {
                        Bson which = random.nextBoolean()
                                ? eq("_id", anId())
                                : and(eq("number", random.nextInt(300)), exists("at"));
                        Bson change = change();
                        assertThat(actual.updateOne(which, change)).isEqualTo(expected.updateOne(which, change));
                        if (i % 10 == 0) {
                            Bson gone = eq("_id", anId());
                            assertThat(actual.deleteOne(gone)).isEqualTo(expected.deleteOne(gone));
                        }
                    }
                    compare(expected, actual);
                }));
        // and after a start
        with(original(), expected -> with(indexed(), actual -> compare(expected, actual)));
    }

    @Test
    void readsAndGoesOnWithWhatTheOriginalWrote() {
        List<Document> written = new ArrayList<>();
        with(original(), things -> {
            things.createIndex(Indexes.ascending("number"), new IndexOptions().unique(true));
            things.createIndex(Indexes.ascending("owner", "at"));
            for (int i = 0; i < 100; i++) {
                things.insertOne(thing(i));
            }
            things.find().into(written);
        });
        with(new DurableH2Backend(data.resolve("original.mv")), things -> {
            assertThat(things.find()).containsExactlyInAnyOrderElementsOf(written);
            for (Document thing : written) {
                assertThat(things.find(and(eq("number", thing.get("number")), exists("_id"))))
                        .containsExactly(thing);
                assertThat(things.find(and(eq("owner", thing.get("owner")), exists("_id"))))
                        .contains(thing);
            }
            assertThatThrownBy(() -> things.insertOne(thing(50))).isInstanceOf(MongoWriteException.class);
            things.insertOne(thing(100));
            assertThat(things.countDocuments(eq("number", 100))).isOne();
        });
    }

    private MongoBackend original() {
        return new H2Backend(data.resolve("original.mv").toString());
    }

    private MongoBackend indexed() {
        return new DurableH2Backend(data.resolve("indexed.mv"));
    }

    private void compare(MongoCollection<Document> expected, MongoCollection<Document> actual) {
        for (Bson query : queries()) {
            Set<Document> found = expected.find(query).into(new HashSet<>());
            assertThat(actual.find(query).into(new ArrayList<>()))
                    .as(query.toString())
                    .containsExactlyInAnyOrderElementsOf(found);
            assertThat(actual.countDocuments(query)).as(query.toString()).isEqualTo(found.size());
        }
    }

    private List<Bson> queries() {
        List<Bson> queries = new ArrayList<>(List.of(
                exists("pending"),
                exists("pending", false),
                eq("pending", null),
                in("owner", Collections.singletonList(null)),
                in("owner", Arrays.asList("ann", null)),
                ne("owner", "ann"),
                nin("owner", List.of("ann", "ben")),
                eq("owner", new Document("name", "ann")),
                eq("owner", new Binary(new byte[] {1, 2})),
                eq("owner", 0),
                eq("owner", -0.0),
                eq("owner", List.of("ann")),
                in("owner", List.of(List.of("ann"), "ben")),
                lte("pending", new Date(50_000)),
                and(lte("pending", new Date(50_000)), gt("pending", new Date(10_000))),
                eq("tags", "a"),
                eq("tags", List.of("a", "b")),
                in("tags", List.of("a", "c")),
                and(eq("tags", "a"), eq("tags", "b")),
                exists("tags"),
                eq("parts.name", "x"),
                in("parts.name", List.of("x", "z")),
                or(eq("owner", "ann"), eq("tags", "c")),
                and(or(eq("owner", "ann"), eq("tags", "c")), eq("owner", "ben")),
                eq("number", 7),
                eq("number", 7.0),
                eq("number", 7L),
                in("number", List.of(1, 2.0, 500)),
                and(in("number", List.of(1, 2, 3)), ne("owner", "ann")),
                in("_id", List.of()),
                and(in("_id", Collections.emptyList()), exists("owner")),
                in("_id", Arrays.asList(anId(), null)),
                eq("_id", "none"),
                eq("_id", null),
                eq("_id", 3),
                new Document("owner", new Document("$regex", "^a")),
                new Document("owner", new Document("$eq", "ann")),
                new Document("owner", new Document("$in", List.of("ann", "ben")).append("$ne", "ann"))));
        for (int i = 0; i < 20; i++) {
            queries.add(eq("_id", anId()));
            queries.add(and(eq("_id", anId()), exists("pending", false)));
            queries.add(and(in("_id", List.of(anId(), anId(), UUID.randomUUID())), eq("owner", "ann")));
            queries.add(and(and(eq("owner", "ben")), gt("at", new Date(random.nextInt(300) * 1_000L))));
        }
        return queries;
    }

    private Document thing(int number) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        ids.add(id);
        Document thing =
                new Document("_id", id).append("number", number).append("rest", "x".repeat(random.nextInt(900)));
        if (random.nextInt(5) > 0) {
            thing.append("owner", owner());
        }
        if (random.nextInt(8) == 0) {
            thing.append(
                    "pending", random.nextInt(4) == 0 ? null : Date.from(Instant.ofEpochSecond(random.nextInt(100))));
        }
        return thing.append("at", new Date(number * 1_000L))
                .append("tags", tags())
                .append(
                        "parts",
                        List.of(new Document("name", "x"), new Document("name", random.nextBoolean() ? "y" : "z")));
    }

    private Object owner() {
        return switch (random.nextInt(8)) {
            case 0 -> new Document("name", "ann");
            case 1 -> new Binary(new byte[] {1, 2});
            case 2 -> 0;
            case 3 -> List.of("ann", 0.0);
            case 4 -> "ben";
            default -> "ann";
        };
    }

    private List<String> tags() {
        return List.of("a", "b", "c").subList(0, random.nextInt(4));
    }

    private Bson change() {
        return switch (random.nextInt(5)) {
            case 0 -> Updates.set("owner", owner());
            case 1 -> Updates.unset("owner");
            case 2 -> Updates.set("pending", new Date(random.nextInt(100_000)));
            case 3 -> Updates.unset("pending");
            default -> Updates.set("tags", tags());
        };
    }

    private UUID anId() {
        return ids.isEmpty() ? UUID.randomUUID() : ids.get(random.nextInt(ids.size()));
    }

    private static void with(MongoBackend backend, Consumer<MongoCollection<Document>> work) {
        MongoServer server = new MongoServer(backend);
        try (MongoClient client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.bindAndGetConnectionString()))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build())) {
            work.accept(client.getDatabase("cadenza").getCollection("things"));
        } finally {
            server.shutdownNow();
        }
    }
}
