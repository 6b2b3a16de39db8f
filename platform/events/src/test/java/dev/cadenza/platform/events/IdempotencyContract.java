package dev.cadenza.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.cadenza.platform.core.idempotency.IdempotencyStore.Claim;
import dev.cadenza.platform.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.UuidRepresentation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is remembered of requests, on whichever MongoDB. */
abstract class IdempotencyContract {

    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration DAY = Duration.ofHours(24);
    private static final byte[] ONE = {1};
    private static final byte[] OTHER = {2};

    private final MovableClock clock = new MovableClock();
    private final String request = UUID.randomUUID().toString();
    private final String database = EventsTestApplication.database();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private MongoClient client;
    private MongoIdempotency store;

    abstract String mongoUri(String database);

    @BeforeEach
    void open() {
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongoUri(database)))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
        store = reopened();
    }

    @AfterEach
    void close() {
        client.close();
    }

    /** As another instance, or the same after a restart. */
    private MongoIdempotency reopened() {
        return new MongoIdempotency(
                client.getDatabase(database).getCollection(MongoIdempotency.COLLECTION, BsonDocument.class), clock);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private Claim claim(UUID holder) {
        return get(reopened().claim(request, holder, LEASE, DAY));
    }

    private Instant granted(UUID holder) {
        Claim claim = claim(holder);
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        return ((Claim.Granted) claim).since();
    }

    @Test
    void remembersTheAnswerAcrossARestart() {
        granted(ann);
        assertThat(claim(bob)).isInstanceOf(Claim.InWork.class);
        assertThat(get(store.bind(request, ann, ONE))).isTrue();
        get(store.remember(request, ann, new byte[] {7, 8}));
        assertThat(claim(bob)).isInstanceOfSatisfying(Claim.Answered.class, answered -> {
            assertThat(answered.fingerprint()).isEqualTo(ONE);
            assertThat(answered.answer()).containsExactly(7, 8);
        });
        get(store.release(request, ann));
        assertThat(claim(bob)).isInstanceOf(Claim.Answered.class);
    }

    @Test
    void whoeverDiedLosesTheClaimButNotWhatWasAskedFor() {
        Instant since = granted(ann);
        assertThat(get(store.bind(request, ann, ONE))).isTrue();
        clock.advance(LEASE.minusSeconds(5));
        assertThat(claim(bob)).isInstanceOf(Claim.InWork.class);
        get(store.prolong(request, ann, LEASE));
        clock.advance(LEASE.minusSeconds(5));
        assertThat(claim(bob)).isInstanceOf(Claim.InWork.class);
        clock.advance(LEASE);
        assertThat(granted(bob)).isEqualTo(since);
        assertThat(get(store.bind(request, bob, OTHER))).isFalse();
        assertThat(get(store.bind(request, bob, ONE))).isTrue();

        // the dead one was only slow
        get(store.remember(request, ann, ONE));
        get(store.prolong(request, ann, DAY));
        get(store.release(request, ann));
        assertThat(claim(ann)).isInstanceOf(Claim.InWork.class);
        get(store.remember(request, bob, OTHER));
        assertThat(claim(ann))
                .isInstanceOfSatisfying(
                        Claim.Answered.class,
                        answered -> assertThat(answered.answer()).isEqualTo(OTHER));
    }

    @Test
    void aReleasedClaimIsFreeAtOnce() {
        Instant since = granted(ann);
        get(store.release(request, ann));
        clock.advance(Duration.ofHours(1));
        assertThat(granted(bob)).isEqualTo(since);
    }

    @Test
    void anAnswerWithoutWhatWasAskedForIsNotRemembered() {
        granted(ann);
        get(store.remember(request, ann, ONE));
        clock.advance(LEASE.plusSeconds(1));
        granted(bob);
    }

    @Test
    void aKeyCountsForADay() {
        Instant since = granted(ann);
        get(store.bind(request, ann, ONE));
        get(store.remember(request, ann, ONE));
        clock.advance(DAY.minusMinutes(1));
        assertThat(store.sweep().block()).isZero();
        assertThat(claim(bob)).isInstanceOf(Claim.Answered.class);
        clock.advance(Duration.ofMinutes(2));
        assertThat(granted(bob)).isAfter(since);
        assertThat(get(store.bind(request, bob, OTHER))).isTrue();
        assertThat(claim(ann)).isInstanceOf(Claim.InWork.class);
        get(store.remember(request, bob, OTHER));
        clock.advance(DAY.plusMinutes(1));
        assertThat(store.sweep().block()).isEqualTo(1);
        granted(ann);
    }

    @Test
    void ofManyAtOnceOneIsGranted() {
        for (int round = 0; round < 2; round++) {
            List<CompletionStage<Claim>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(store.claim(request, UUID.randomUUID(), LEASE, DAY));
            }
            assertThat(all.stream().map(IdempotencyContract::get).filter(Claim.Granted.class::isInstance))
                    .hasSize(1);
            // the first round makes it, the second takes it over
            clock.advance(LEASE.plusSeconds(10));
        }
    }
}
