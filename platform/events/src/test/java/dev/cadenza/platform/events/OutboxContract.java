package dev.cadenza.platform.events;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.ClientOrigin;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** From a write to the effect in a consumer, with crashes in between, on whichever MongoDB and Kafka. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OutboxContract {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final String database = EventsTestApplication.database();
    private final String prefix = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final String topic = prefix + ".account.v1";

    @SuppressWarnings("NullAway.Init") // made before any test
    private ConfigurableApplicationContext service;

    @SuppressWarnings("NullAway.Init") // made before any test
    private AggregateCollection<Account, Account.Event> accounts;

    @SuppressWarnings("NullAway.Init") // made before any test
    private TopicReader topics;

    record Play(UUID trackId, String padding) {}

    abstract String mongoUri(String database);

    abstract String bootstrapServers();

    /** What the handler below does, decided by the tests. */
    static final class Effects {
        final List<ReceivedEvent> offered = new CopyOnWriteArrayList<>();
        final List<UUID> done = new CopyOnWriteArrayList<>();
        final Map<UUID, String> contexts = new ConcurrentHashMap<>();
        final Map<UUID, Mono<Void>> instead = new ConcurrentHashMap<>();
    }

    @Configuration(proxyBeanMethods = false)
    static class Service {

        @Bean
        AggregateCollection<Account, Account.Event> accounts(Aggregates aggregates, Environment environment) {
            return aggregates.collection(Account.definition(environment.getRequiredProperty("test.topic")));
        }

        @Bean
        FactCollection<Play> plays(Aggregates aggregates, Environment environment) {
            return aggregates.facts(new FactDefinition<>(
                    "plays",
                    Play.class,
                    environment.getRequiredProperty("test.prefix") + ".play.v1",
                    (id, play) -> new EventMessage("test.play", 1, play),
                    List.of()));
        }

        @Bean
        Effects effects() {
            return new Effects();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        EventHandler handler(Effects effects, Inbox inbox, Environment environment) {
            return new EventHandler() {
                @Override
                public Set<String> topics() {
                    return Set.of(environment.getRequiredProperty("test.topic"));
                }

                @Override
                public String group() {
                    return environment.getRequiredProperty("test.prefix") + ".effects";
                }

                @Override
                public Mono<Void> handle(ReceivedEvent event) {
                    return Mono.deferContextual(context -> {
                        effects.offered.add(event);
                        effects.contexts.put(
                                event.eventId(),
                                context.getOrDefault("traceparent", "")
                                        + " " + context.getOrDefault("requestId", "")
                                        + " " + context.getOrDefault(ClientOrigin.class, null));
                        Mono<Void> instead = effects.instead.get(event.aggregateId());
                        return instead != null
                                ? instead
                                : inbox.once(
                                                "effects",
                                                event.eventId(),
                                                Mono.fromRunnable(() -> effects.done.add(event.eventId())))
                                        .then();
                    });
                }
            };
        }
    }

    ConfigurableApplicationContext startService(String... more) {
        String[] properties = new String[more.length + 2];
        System.arraycopy(more, 0, properties, 0, more.length);
        properties[more.length] = "test.topic=" + topic;
        properties[more.length + 1] = "test.prefix=" + prefix;
        return EventsTestApplication.start(mongoUri(database), bootstrapServers(), List.of(Service.class), properties);
    }

    @BeforeAll
    @SuppressWarnings("unchecked") // beans by name have no type arguments
    void start() {
        service = startService();
        accounts = service.getBean("accounts", AggregateCollection.class);
        topics = new TopicReader(bootstrapServers());
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> topics.all(topic).isEmpty());
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void publishesEveryEventOnceInOrder() {
        UUID id = UUID.randomUUID();
        Versioned<Account> account = get(accounts.insert(id, Account.opened("order"))
                .contextWrite(context -> context.put("traceparent", "00-t")
                        .put("requestId", "req_order")
                        .put(ClientOrigin.class, new ClientOrigin("203.0.113.7", "curl"))));
        for (int i = 1; i <= 5; i++) {
            account = get(accounts.update(account, account.state().paid(i)));
        }
        awaitDrained(id);
        List<TopicReader.Seen> seen = topics.about(topic, id);
        assertThat(seen).hasSize(6);
        assertThat(seen).extracting(TopicReader.Seen::seq).isSorted().doesNotHaveDuplicates();
        assertThat(seen)
                .extracting(event -> event.json().get("data").get("balance").asInt())
                .containsExactly(0, 1, 3, 6, 10, 15);
        TopicReader.Seen first = seen.getFirst();
        assertThat(first.requestId()).isEqualTo("req_order");
        assertThat(first.json().propertyNames())
                .containsExactlyInAnyOrder("eventId", "seq", "type", "v", "at", "traceparent", "origin", "data");
        assertThat(first.json().get("origin").toString()).isEqualTo("{\"ip\":\"203.0.113.7\",\"userAgent\":\"curl\"}");
        assertThat(seen.getLast().json().get("origin").isNull()).isTrue();
        assertThat(first.type()).isEqualTo("test.account.opened");
        assertThat(first.json().get("v").asInt()).isEqualTo(1);
        assertThat(Instant.parse(first.json().get("at").asString()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(first.json().get("data").get("accountId").asString()).isEqualTo(id.toString());
        await().atMost(PATIENCE).until(() -> effects().done.contains(first.eventId()));
        assertThat(effects().contexts.get(first.eventId()))
                .isEqualTo("00-t req_order ClientOrigin[ip=203.0.113.7, userAgent=curl]");
        assertThat(effects().offered)
                .filteredOn(event -> event.eventId().equals(first.eventId()))
                .extracting(ReceivedEvent::origin)
                .containsOnly(new ClientOrigin("203.0.113.7", "curl"));
    }

    @Test
    void sendsAgainWhatACrashLeftBetweenSendingAndForgetting() {
        UUID id = UUID.randomUUID();
        Relay relay = service.getBean(Relay.class);
        relay.stop();
        UUID eventId;
        try {
            get(accounts.insert(id, Account.opened("crash")));
            Outbox outbox = service.getBean(Aggregates.class).outboxes().all().stream()
                    .filter(each -> each.name().equals("accounts"))
                    .findFirst()
                    .orElseThrow();
            Outbox.Claim claim = get(outbox.claim(Duration.ofSeconds(1)));
            assertThat(claim.id()).isEqualTo(id);
            eventId = claim.events().getFirst().eventId();
            service.getBean(EventSender.class)
                    .send(claim.id(), claim.events().getFirst())
                    .block(PATIENCE);
            // here the process dies
        } finally {
            relay.start();
        }
        awaitDrained(id);
        assertThat(topics.about(topic, id))
                .extracting(TopicReader.Seen::eventId)
                .containsExactly(eventId, eventId);
        await().atMost(PATIENCE)
                .until(() -> effects().offered.stream()
                                .filter(event -> event.eventId().equals(eventId))
                                .count()
                        == 2);
        assertThat(effects().done).filteredOn(eventId::equals).hasSize(1);
    }

    @Test
    @SuppressWarnings("unchecked") // beans by name have no type arguments
    void sharesTheWorkBetweenTwoInstances() {
        try (ConfigurableApplicationContext second = startService()) {
            AggregateCollection<Account, Account.Event> others = second.getBean("accounts", AggregateCollection.class);
            List<UUID> ids = get(Flux.range(0, 40)
                    .flatMap(
                            i -> (i % 2 == 0 ? accounts : others)
                                    .insert(UUID.randomUUID(), Account.opened("pair" + i))
                                    .map(Versioned::id),
                            8)
                    .collectList());
            Flux.fromIterable(ids)
                    .flatMap(id -> accounts.change(
                                    id, account -> account.state().paid(1))
                            .then(others.change(id, account -> account.state().paid(2))))
                    .blockLast(PATIENCE);
            ids.forEach(this::awaitDrained);
            Map<String, List<TopicReader.Seen>> byKey = topics.all(topic).stream()
                    .filter(seen -> seen.key() != null && ids.contains(UUID.fromString(seen.key())))
                    .collect(Collectors.groupingBy(seen -> String.valueOf(seen.key())));
            assertThat(byKey).hasSize(40);
            assertThat(byKey.values()).allSatisfy(seen -> {
                assertThat(seen).hasSize(3);
                assertThat(seen).extracting(TopicReader.Seen::seq).isSorted();
            });
        }
    }

    @Test
    void removesADeletedAggregateOnceItsEventsAreOut() {
        UUID id = UUID.randomUUID();
        Versioned<Account> account = get(accounts.insert(id, Account.opened("short")));
        accounts.delete(account, List.of(new Account.Closed())).block(PATIENCE);
        await().atMost(PATIENCE).until(() -> get(Mono.from(documents().countDocuments(eq("_id", id)))) == 0);
        assertThat(topics.about(topic, id))
                .extracting(TopicReader.Seen::type)
                .containsExactly("test.account.opened", "test.account.closed");
        Versioned<Account> again = get(accounts.insert(id, Account.opened("again")));
        awaitDrained(id);
        assertThat(topics.about(topic, id)).extracting(TopicReader.Seen::seq).isSorted();
        assertThat(again.version()).isGreaterThan(account.version());
    }

    @Test
    void removesADeletedAggregateThatHadNothingToSay() {
        UUID id = UUID.randomUUID();
        Versioned<Account> account = get(accounts.insert(id, Account.opened("quiet")));
        awaitDrained(id);
        accounts.delete(account, List.of()).block(PATIENCE);
        await().atMost(PATIENCE).until(() -> get(Mono.from(documents().countDocuments(eq("_id", id)))) == 0);
    }

    @Test
    void anIdIsFreeAtOnceWhetherItsTombstoneIsStillThereOrNot() {
        UUID id = UUID.randomUUID();
        for (int i = 0; i < 100; i++) {
            Versioned<Account> account = get(accounts.insert(id, Account.opened("again")));
            accounts.delete(account, List.of()).block(PATIENCE);
        }
        await().atMost(PATIENCE).until(() -> get(Mono.from(documents().countDocuments(eq("_id", id)))) == 0);
    }

    @Test
    @SuppressWarnings("unchecked") // beans by name have no type arguments
    void publishesAFactOnceAndLetsNoUnsendableOneBlockOthers() {
        FactCollection<Play> plays = service.getBean("plays", FactCollection.class);
        UUID huge = UUID.randomUUID();
        UUID small = UUID.randomUUID();
        // more than a producer sends in one request
        plays.record(huge, new Play(UUID.randomUUID(), "x".repeat(2_000_000))).block(PATIENCE);
        plays.record(small, new Play(UUID.randomUUID(), ""))
                .contextWrite(context -> context.put(ClientOrigin.class, new ClientOrigin("2001:db8::1", "")))
                .block(PATIENCE);
        plays.record(small, new Play(UUID.randomUUID(), "again")).block(PATIENCE);
        String facts = prefix + ".play.v1";
        await().atMost(PATIENCE).until(() -> !topics.about(facts, small).isEmpty());
        plays.record(UUID.randomUUID(), new Play(UUID.randomUUID(), "")).block(PATIENCE);
        await().atMost(PATIENCE).until(() -> topics.all(facts).size() == 2);
        assertThat(topics.about(facts, small)).hasSize(1);
        assertThat(topics.about(facts, small)
                        .getFirst()
                        .json()
                        .get("origin")
                        .get("ip")
                        .asString())
                .isEqualTo("2001:db8::1");
        assertThat(get(plays.find(huge)).padding()).hasSize(2_000_000);
    }

    @Test
    void publishesTextThatIsNoProperUnicode() {
        UUID id = UUID.randomUUID();
        get(accounts.insert(id, Account.opened("half a pair \ud83d and a null \0")));
        awaitDrained(id);
        assertThat(topics.about(topic, id)).hasSize(1);
        assertThat(get(accounts.find(id)).state().name()).startsWith("half a pair");
    }

    @Test
    void countsWhatItPublished() {
        UUID id = UUID.randomUUID();
        get(accounts.insert(id, Account.opened("counted")));
        awaitDrained(id);
        MeterRegistry meters = service.getBean(MeterRegistry.class);
        assertThat(meters.get("outbox.published").tag("topic", topic).counter().count())
                .isPositive();
        assertThat(meters.get("outbox.pending").tag("collection", "accounts").gauge())
                .isNotNull();
        assertThat(meters.get("outbox.oldest").tag("collection", "accounts").gauge())
                .isNotNull();
    }

    @Test
    void putsWhatIsNoEventOnTheDeadLetterTopicAndGoesOn() throws Exception {
        String poison = "no event " + UUID.randomUUID();
        topics.put(topic, UUID.randomUUID().toString(), poison);
        topics.put(topic, UUID.randomUUID().toString(), "{}");
        topics.put(topic, "no id", "{\"eventId\":\"" + UUID.randomUUID() + "\",\"type\":\"t\"}");
        UUID id = UUID.randomUUID();
        get(accounts.insert(id, Account.opened("after poison")));
        await().atMost(PATIENCE)
                .until(() -> effects().offered.stream()
                        .anyMatch(event -> event.aggregateId().equals(id)));
        await().atMost(PATIENCE)
                .until(() -> topics.all(topic + ".dlt").stream()
                        .anyMatch(seen -> seen.value().equals(poison)));
        await().atMost(PATIENCE)
                .until(() -> topics.all(topic + ".dlt").stream().anyMatch(seen -> "no id".equals(seen.key())));
    }

    @Test
    void givesUpOnAnEventThatFailsTooOften() {
        UUID id = UUID.randomUUID();
        effects().instead.put(id, Mono.error(new IllegalStateException("never works")));
        get(accounts.insert(id, Account.opened("failing")));
        await().atMost(PATIENCE)
                .until(() -> topics.all(topic + ".dlt").stream()
                        .anyMatch(seen -> id.toString().equals(seen.key())));
        assertThat(effects().offered)
                .filteredOn(event -> event.aggregateId().equals(id))
                .hasSize(3);
    }

    @Test
    void triesWithoutEndWhileSomethingIsUnavailable() {
        UUID id = UUID.randomUUID();
        effects().instead.put(id, Mono.error(Failure.unavailable("store.unavailable", "Away.", 5)));
        get(accounts.insert(id, Account.opened("waiting")));
        await().atMost(PATIENCE)
                .until(() -> effects().offered.stream()
                                .filter(event -> event.aggregateId().equals(id))
                                .count()
                        > 6);
        effects().instead.remove(id);
        await().atMost(PATIENCE)
                .until(() -> effects().offered.stream()
                        .filter(event -> event.aggregateId().equals(id))
                        .anyMatch(event -> effects().done.contains(event.eventId())));
        assertThat(topics.all(topic + ".dlt")).noneMatch(seen -> id.toString().equals(seen.key()));
    }

    @Test
    void keepsTopicsOfAggregatesCompacted() throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            Config config = admin.describeConfigs(List.of(resource))
                    .values()
                    .values()
                    .iterator()
                    .next()
                    .get();
            assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
        }
    }

    @Test
    void readsTheDataOfAnEventAsItsContract() {
        UUID id = UUID.randomUUID();
        ReceivedEvent event = ReceivedEvent.of(
                topic,
                id,
                new EventEnvelope<>(
                        UUID.randomUUID(),
                        1,
                        "test.account.opened",
                        1,
                        Instant.now(),
                        null,
                        new Account.Snapshot(id, "n", 3)));
        assertThat(event.dataAs(Account.Snapshot.class)).isEqualTo(new Account.Snapshot(id, "n", 3));
    }

    final void awaitDrained(UUID id) {
        await().atMost(PATIENCE)
                .until(() ->
                        get(Mono.from(documents().countDocuments(and(eq("_id", id), exists("pendingSince", false)))))
                                == 1);
    }

    final AggregateCollection<Account, Account.Event> accounts() {
        return accounts;
    }

    final TopicReader topics() {
        return topics;
    }

    final String topic() {
        return topic;
    }

    final Effects effects() {
        return service.getBean(Effects.class);
    }

    private MongoCollection<BsonDocument> documents() {
        return service.getBean(MongoDatabase.class).getCollection("accounts", BsonDocument.class);
    }

    static <T> T get(Mono<T> mono) {
        @Nullable T value = mono.block(PATIENCE);
        assertThat(value).isNotNull();
        return value;
    }
}
