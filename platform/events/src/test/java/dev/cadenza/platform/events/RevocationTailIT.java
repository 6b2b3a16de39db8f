package dev.cadenza.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.contracts.auth.v1.Revocation;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.identity.RevocationListener;
import dev.cadenza.platform.core.identity.Revocations;
import dev.cadenza.platform.testing.MovableClock;
import dev.cadenza.platform.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationTailIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final UUID NOBODY = Ids.next();

    @SuppressWarnings("NullAway.Init") // made before any test
    private ConfigurableApplicationContext service;

    static final class Heard implements RevocationListener {
        final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void revoked(Kind kind, String subject) {
            all.add(kind + " " + subject);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        Heard heard() {
            return new Heard();
        }
    }

    /** As the gateway: no database. */
    private static ConfigurableApplicationContext start(String... properties) {
        String[] all = new String[properties.length + 2];
        System.arraycopy(properties, 0, all, 2, properties.length);
        all[0] = "cadenza.events.database=false";
        all[1] = "cadenza.revocations.patience=20s";
        return EventsTestApplication.start(
                "mongodb://127.0.0.1:1/none", TestKafka.bootstrapServers(), List.of(Listening.class), all);
    }

    @BeforeAll
    void begin() {
        service = start();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(partitions()).isPositive());
    }

    @AfterAll
    void end() {
        service.close();
    }

    @Test
    void needsNoDatabase() {
        assertThat(service.getBeansOfType(MongoClient.class)).isEmpty();
        assertThat(service.getBeansOfType(Aggregates.class)).isEmpty();
    }

    @Test
    void knowsEverythingBeforeItIsReadyAndEveryInstanceDoes() throws Exception {
        UUID user = Ids.next();
        Instant now = Instant.now();
        Instant later = now.plusSeconds(3_600);
        revoke(new Revocation("session", "s-" + user, null, later));
        revoke(new Revocation("key", "k-" + user, null, later));
        revoke(new Revocation("user", user.toString(), now, later));
        revoke(new Revocation("something-new", user.toString(), null, later));
        put(RevocationTail.TOPIC, "no event", null, 0);
        try (ConfigurableApplicationContext second = start()) {
            assertRevoked(second, user, now);
            assertThat(second.getBean(Heard.class).all).contains("SESSION s-" + user, "KEY k-" + user, "USER " + user);
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertRevoked(service, user, now));
    }

    private static void assertRevoked(ConfigurableApplicationContext instance, UUID user, Instant moment) {
        Revocations revocations = instance.getBean(Revocations.class);
        Instant after = moment.plusSeconds(1);
        assertThat(revocations.isRevoked(NOBODY, "s-" + user, null, after)).isTrue();
        assertThat(revocations.isRevoked(NOBODY, null, "k-" + user, after)).isTrue();
        assertThat(revocations.isRevoked(user, null, null, moment.minusSeconds(1)))
                .isTrue();
        assertThat(revocations.isRevoked(user, "another", "another", after)).isFalse();
        assertThat(revocations.isRevoked(NOBODY, "k-" + user, "s-" + user, after))
                .isFalse();
    }

    @Test
    void readsATopicFromAGivenAgeOn() throws Exception {
        String topic = "tail-" + UUID.randomUUID();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
        long old = Instant.now().minus(Duration.ofHours(26)).toEpochMilli();
        put(topic, json(new Revocation("session", "old", null, Instant.now())), old, 0);
        put(topic, json(new Revocation("session", "recent", null, Instant.now())), null, 0);
        put(topic, json(new Revocation("session", "old", null, Instant.now())), old, 1);
        List<String> read = new CopyOnWriteArrayList<>();
        TopicTail tail = new TopicTail(
                Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
                Set.of(topic),
                Duration.ofHours(25),
                Clock.systemUTC(),
                event -> read.add(event.dataAs(Revocation.class).subject()));
        Thread thread = Thread.ofPlatform().daemon().start(tail);
        try {
            assertThat(tail.awaitCaughtUp(PATIENCE)).isTrue();
            put(topic, json(new Revocation("session", "new", null, Instant.now())), null, 1);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(read).containsExactly("recent", "new"));
        } finally {
            tail.stop();
            assertThat(thread.join(PATIENCE)).isTrue();
        }
    }

    @Test
    void startsWhileTheBrokerIsAwayAndHearsOfWhatWasRevokedMeanwhile() throws Exception {
        String before = "before-" + Ids.next();
        String after = "after-" + Ids.next();
        Instant later = Instant.now().plusSeconds(3_600);
        revoke(new Revocation("session", before, null, later));
        Revocations running = service.getBean(Revocations.class);
        await().atMost(PATIENCE).until(() -> running.isRevoked(NOBODY, before, null, Instant.EPOCH));
        TestKafka.stop();
        try (ConfigurableApplicationContext second = start("cadenza.revocations.patience=100ms")) {
            Revocations started = second.getBean(Revocations.class);
            assertThat(running.isRevoked(NOBODY, before, null, Instant.EPOCH)).isTrue();
            assertThat(started.isRevoked(NOBODY, before, null, Instant.EPOCH)).isFalse();
            TestKafka.start();
            revoke(new Revocation("session", after, null, later));
            for (Revocations revocations : List.of(running, started)) {
                await().atMost(PATIENCE)
                        .until(() -> revocations.isRevoked(NOBODY, before, null, Instant.EPOCH)
                                && revocations.isRevoked(NOBODY, after, null, Instant.EPOCH));
            }
        } finally {
            TestKafka.start();
        }
    }

    @Test
    void readsPartitionsThatAreAddedLater() throws Exception {
        int partitions = partitions();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            admin.createPartitions(Map.of(RevocationTail.TOPIC, NewPartitions.increaseTo(partitions + 1)))
                    .all()
                    .get();
        }
        String session = "added-" + Ids.next();
        put(
                RevocationTail.TOPIC,
                json(new Revocation("session", session, null, Instant.now().plusSeconds(3_600))),
                null,
                partitions);
        Revocations revocations = service.getBean(Revocations.class);
        await().atMost(PATIENCE).until(() -> revocations.isRevoked(NOBODY, session, null, Instant.EPOCH));
    }

    @Test
    void forgetsWhatHasExpiredAndJoinsWhatConcernsTheSameUser() {
        MovableClock clock = new MovableClock();
        RevocationTail tail = new RevocationTail(
                Map.of(), new RevocationSettings(Duration.ofHours(25), Duration.ZERO), List.of(), clock);
        Instant now = clock.instant();
        UUID user = Ids.next();
        tail.take(event(new Revocation("session", "s", null, now.plusSeconds(3_600))));
        tail.take(event(new Revocation("session", "s", null, now.plusSeconds(60))));
        tail.take(event(new Revocation("user", user.toString(), now.minusSeconds(60), now.plusSeconds(60))));
        tail.take(event(new Revocation("user", user.toString(), now, now.plusSeconds(7_200))));
        tail.take(event(new Revocation("user", user.toString(), null, now.plusSeconds(60))));
        tail.take(event(new Revocation("key", "rotated", now, now.plusSeconds(60))));
        tail.take(event(new Revocation("session", "past", null, now.minusSeconds(3_600))));
        assertThat(tail.size()).isEqualTo(4);
        assertThat(tail.isRevoked(NOBODY, null, "rotated", now.minusSeconds(1))).isTrue();
        assertThat(tail.isRevoked(NOBODY, null, "rotated", now)).isFalse();
        assertThat(tail.isRevoked(user, null, null, now.plusSeconds(30))).isTrue();

        clock.advance(Duration.ofSeconds(600));
        assertThat(tail.isRevoked(user, null, null, now.plusSeconds(30))).isFalse();
        assertThat(tail.isRevoked(user, null, null, now.minusSeconds(30))).isTrue();
        assertThat(tail.isRevoked(NOBODY, "s", null, now)).isTrue();
        tail.forget();
        assertThat(tail.size()).isEqualTo(2);

        clock.advance(Duration.ofHours(3));
        assertThat(tail.isRevoked(user, "s", null, now.minusSeconds(30))).isFalse();
        tail.forget();
        assertThat(tail.size()).isZero();
    }

    private static ReceivedEvent event(Revocation revocation) {
        return ReceivedEvent.of(RevocationTail.TOPIC, Ids.next(), envelope(revocation));
    }

    private static EventEnvelope<Revocation> envelope(Revocation revocation) {
        return new EventEnvelope<>(Ids.next(), 1, "auth.revocation.added", 1, Instant.now(), null, revocation);
    }

    private static String json(Revocation revocation) {
        return EventJson.MAPPER.writeValueAsString(envelope(revocation));
    }

    private static void revoke(Revocation revocation) throws Exception {
        put(RevocationTail.TOPIC, json(revocation), null, null);
    }

    private static void put(String topic, String value, @Nullable Long timestamp, @Nullable Integer partition)
            throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topic,
                            partition,
                            timestamp,
                            UUID.randomUUID().toString(),
                            value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static int partitions() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            return admin.describeTopics(List.of(RevocationTail.TOPIC))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .size();
        }
    }
}
