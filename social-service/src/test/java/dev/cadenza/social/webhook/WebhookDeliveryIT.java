package dev.cadenza.social.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.contracts.generation.v1.GenerationSnapshot;
import dev.cadenza.contracts.playlist.v1.PlaylistSnapshot;
import dev.cadenza.contracts.processing.v1.ProcessingFileSnapshot;
import dev.cadenza.contracts.social.v1.CommentChanged;
import dev.cadenza.contracts.social.v1.LikeChanged;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.Published;
import dev.cadenza.social.Receiver;
import dev.cadenza.social.SocialIT;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhookDeliveryIT extends SocialIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Autowired
    private RegisterWebhook registerWebhook;

    @Autowired
    private RegenerateKey regenerateKey;

    @Autowired
    private DeleteWebhook deleteWebhook;

    @Autowired
    private QueueDeliveries queueDeliveries;

    @Autowired
    private CountDeliveries countDeliveries;

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private ForgetDeliveries forgetDeliveries;

    @Autowired
    private WebhookDispatcher dispatcher;

    @Autowired
    private MongoDatabase database;

    private final UUID owner = Ids.next();
    private final Receiver receiver = new Receiver();

    @AfterEach
    void stop() {
        receiver.close();
        webhooks.of(owner).flatMap(webhook -> webhooks.remove(webhook.id())).blockLast();
    }

    @Test
    void theEventsOfEveryServiceArriveSigned() throws Exception {
        Webhook webhook = registered(receiver, "*");
        UUID track = Ids.next();
        EventEnvelope<Object> uploaded = Published.event(
                "catalog.track.v1", track, 1, "catalog.track.uploaded", trackSnapshot(track), clock.instant());
        Published.event(
                "social.like.v1",
                track,
                1,
                "social.like.liked",
                new LikeChanged(track, owner, Ids.next(), "bob", true, clock.instant()),
                clock.instant());
        Published.event(
                "social.comment.v1",
                track,
                1,
                "social.comment.created",
                new CommentChanged(Ids.next(), track, owner, Ids.next(), "bob", "Grüße", clock.instant()),
                clock.instant());
        Published.event(
                "playlist.playlist.v1",
                track,
                1,
                "playlist.playlist.track_added",
                new PlaylistSnapshot(Ids.next(), 7, owner, "Mine", "", true, List.of(track), track, clock.instant()),
                clock.instant());
        Published.event(
                "generation.generation.v1",
                track,
                1,
                "generation.generation.completed",
                new GenerationSnapshot(
                        Ids.next(),
                        "gen_0123456789abcdef",
                        "track_0123456789abcdef",
                        owner,
                        "Calm",
                        "completed",
                        100,
                        30.5,
                        List.of("wav", "mp3"),
                        "composer 1",
                        null,
                        clock.instant(),
                        clock.instant()),
                clock.instant());
        Published.event(
                "processing.file.v1",
                track,
                1,
                "processing.file.completed",
                new ProcessingFileSnapshot(
                        Ids.next(),
                        12,
                        owner,
                        "vocal",
                        "song.wav",
                        "completed",
                        100,
                        "spectral 1",
                        null,
                        clock.instant(),
                        clock.instant()),
                clock.instant());
        // not known, and so skipped
        Published.event("catalog.track.v1", track, 2, "catalog.track.sung", trackSnapshot(track), clock.instant());

        soon().untilAsserted(() -> assertThat(receiver.requests())
                .extracting(request -> read(request).get("type").stringValue())
                .containsExactlyInAnyOrder(
                        "track.uploaded",
                        "track.liked",
                        "comment.created",
                        "playlist.track_added",
                        "generation.completed",
                        "processing.completed"));
        for (Receiver.Request request : receiver.requests()) {
            verify(webhook.currentKey(), request);
            JsonNode body = read(request);
            assertThat(Instant.parse(body.get("timestamp").stringValue())).isNotNull();
            assertThat(body.get("data").propertyNames()).allMatch(name -> name.matches("[a-z_]+"));
        }
        Receiver.Request first = of("track.uploaded");
        assertThat(first.header("webhook-id")).isEqualTo(uploaded.eventId().toString());
        JsonNode data = read(first).get("data");
        assertThat(data.get("id").stringValue()).isEqualTo(track.toString());
        assertThat(data.get("is_public").booleanValue()).isTrue();
        assertThat(data.get("duration").intValue()).isEqualTo(90);
        assertThat(read(of("comment.created")).get("data").get("content").stringValue())
                .isEqualTo("Grüße");
        assertThat(read(of("processing.completed")).get("data").get("file_id").intValue())
                .isEqualTo(12);
        assertThat(read(of("generation.completed"))
                        .get("data")
                        .get("generation_id")
                        .stringValue())
                .isEqualTo("gen_0123456789abcdef");
    }

    @Test
    void aRepeatedEventIsDeliveredOnce() {
        registered(receiver, "track.uploaded");
        UUID track = Ids.next();
        EventEnvelope<Object> event = Published.event(
                "catalog.track.v1", track, 1, "catalog.track.uploaded", trackSnapshot(track), clock.instant());
        Published.again("catalog.track.v1", track, event);
        Published.again("catalog.track.v1", track, event);
        UUID later = Ids.next();
        Published.event("catalog.track.v1", track, 2, "catalog.track.uploaded", trackSnapshot(later), clock.instant());

        soon().untilAsserted(() -> assertThat(receiver.requests())
                .extracting(request -> read(request).get("data").get("id").stringValue())
                .contains(later.toString()));
        soon().untilAsserted(() -> assertThat(counts().delivered()).isEqualTo(2));
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void onlyTheOwnersWebhooksThatAskedHear() {
        try (Receiver other = new Receiver()) {
            registered(receiver, "playlist.created");
            UUID stranger = Ids.next();
            registerWebhook
                    .register(stranger, other.url("/"), List.of("*"), null)
                    .block();

            happens("track.uploaded");
            happens("playlist.created");

            soon().untilAsserted(() -> assertThat(receiver.requests()).hasSize(1));
            assertThat(read(receiver.requests().getFirst()).get("type").stringValue())
                    .isEqualTo("playlist.created");
            assertThat(other.requests()).isEmpty();
            webhooks.of(stranger)
                    .flatMap(webhook -> webhooks.remove(webhook.id()))
                    .blockLast();
        }
    }

    @Test
    void failuresAreTriedAgainOnTheLadderWithTheSameId() throws Exception {
        Webhook webhook = registered(receiver, "*");
        receiver.answers(Receiver.status(500));
        UUID event = happens("track.uploaded");
        int attempts = 1;
        for (Duration step : RetryLadder.STEPS) {
            int sofar = attempts;
            soon().untilAsserted(() -> assertThat(receiver.requests()).hasSize(sofar));
            Stored waiting = waiting(event, webhook, sofar);
            Duration wait = Duration.between(clock.instant(), waiting.dueAt());
            assertThat(wait).isBetween(tenths(step, 9).minusSeconds(1), tenths(step, 11));
            clock.advance(tenths(step, 11));
            dispatcher.wake();
            attempts++;
        }

        soon().untilAsserted(() -> assertThat(counts()).isEqualTo(new DeliveryCounts(1, 0, 1)));
        assertThat(receiver.requests()).hasSize(10);
        assertThat(receiver.requests())
                .extracting(request -> request.header("webhook-id"))
                .containsOnly(event.toString());
        assertThat(receiver.requests())
                .extracting(Receiver.Request::body)
                .hasSize(10)
                .containsOnly(receiver.requests().getFirst().body());
        assertThat(receiver.requests())
                .extracting(request -> request.header("webhook-timestamp"))
                .doesNotHaveDuplicates();
    }

    @Test
    void aLaterSuccessEndsIt() {
        Webhook webhook = registered(receiver, "*");
        receiver.answers((exchange, count) -> exchange.sendResponseHeaders(count < 3 ? 302 : 200, -1));
        UUID event = happens("track.uploaded");
        for (int attempts = 1; attempts < 3; attempts++) {
            Stored waiting = waiting(event, webhook, attempts);
            assertThat(waiting.lastStatus()).isEqualTo(302);
            clock.advance(Duration.ofMinutes(6));
            dispatcher.wake();
        }

        soon().untilAsserted(() -> assertThat(counts()).isEqualTo(new DeliveryCounts(1, 1, 0)));
        assertThat(receiver.requests()).hasSize(3);
    }

    @Test
    void theReceiversWishToWaitIsHonoured() {
        Webhook webhook = registered(receiver, "*");
        receiver.answers(Receiver.status(429, "Retry-After", "7200"));
        UUID event = happens("track.uploaded");

        Stored waiting = waiting(event, webhook, 1);

        assertThat(Duration.between(clock.instant(), waiting.dueAt()))
                .isBetween(Duration.ofMinutes(119), Duration.ofMinutes(120));
    }

    @Test
    void goneMeansNoMore() {
        Webhook webhook = registered(receiver, "*");
        receiver.answers(Receiver.status(410));
        happens("track.uploaded");

        soon().untilAsserted(() -> assertThat(counts().failed()).isEqualTo(1));
        assertThat(get(webhooks.find(webhook.id())).disabledAt()).isNotNull();
        happens("track.deleted");
        assertThat(counts().total()).isEqualTo(1);
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void whatWaitsForADeletedWebhookIsDropped() {
        Webhook webhook = registered(receiver, "*");
        receiver.answers(Receiver.status(500));
        UUID event = happens("track.uploaded");
        waiting(event, webhook, 1);

        deleteWebhook.delete(webhook.id(), owner).block();
        clock.advance(Duration.ofMinutes(6));
        dispatcher.wake();

        soon().untilAsserted(() -> assertThat(delivery(event, webhook).status()).isEqualTo("DROPPED"));
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void aSlowEndpointDelaysNobodyElse() {
        CountDownLatch release = new CountDownLatch(1);
        UUID neighbour = Ids.next();
        try (Receiver quick = new Receiver()) {
            receiver.answers((exchange, count) -> {
                hold(release);
                exchange.sendResponseHeaders(200, -1);
            });
            registered(receiver, "*");
            registerWebhook
                    .register(neighbour, quick.url("/"), List.of("*"), null)
                    .block();
            for (int i = 0; i < 30; i++) {
                happens("track.uploaded");
            }
            // the slow one takes its share, and no more
            soon().untilAsserted(() -> assertThat(receiver.requests()).hasSizeGreaterThanOrEqualTo(4));
            UUID event = Ids.next();
            queueDeliveries.queue(happening(event, neighbour, "track.uploaded")).block();

            soon().untilAsserted(() -> assertThat(quick.requests()).hasSize(1));
            assertThat(counts().delivered()).isZero();
        } finally {
            release.countDown();
            webhooks.of(neighbour)
                    .flatMap(webhook -> webhooks.remove(webhook.id()))
                    .blockLast();
        }
    }

    @Test
    void bothKeysSignForADayAfterANewOne() throws Exception {
        Webhook webhook = registered(receiver, "*");
        SigningKey former = webhook.currentKey();
        SigningKey fresh = get(regenerateKey.regenerate(webhook.id(), owner));
        happens("track.uploaded");
        soon().untilAsserted(() -> assertThat(receiver.requests()).hasSize(1));

        verify(former, receiver.requests().getFirst());
        verify(fresh, receiver.requests().getFirst());
        clock.advance(Duration.ofHours(25));
        happens("track.uploaded");
        soon().untilAsserted(() -> assertThat(receiver.requests()).hasSize(2));
        verify(fresh, receiver.requests().getLast());
        assertThatExceptionOfType(WebhookVerificationException.class)
                .isThrownBy(() -> verify(former, receiver.requests().getLast()));
    }

    @Test
    void aChosenSecretSigns() throws Exception {
        registerWebhook
                .register(owner, receiver.url("/"), List.of("*"), "webhook_secret_key")
                .block();
        happens("track.uploaded");
        soon().untilAsserted(() -> assertThat(receiver.requests()).hasSize(1));

        verify(SigningKey.chosen("webhook_secret_key"), receiver.requests().getFirst());
        Receiver.Request request = receiver.requests().getFirst();
        assertThatExceptionOfType(WebhookVerificationException.class)
                .isThrownBy(() -> verify(
                        SigningKey.chosen("webhook_secret_key"),
                        new Receiver.Request(request.path(), request.headers(), request.body() + " ")));
    }

    @Test
    void anAttemptThatWasLostIsMadeAgain() {
        Webhook webhook = registered(receiver, "*");
        Happening happening = happening(Ids.next(), owner, "track.uploaded");
        Delivery begun = Delivery.queue(webhook, happening, now())
                // an instance took it and died
                .begun(now().plusSeconds(3));
        deliveries.add(begun).block();
        clock.advance(Duration.ofSeconds(4));
        dispatcher.wake();

        soon().untilAsserted(() -> assertThat(receiver.requests()).hasSize(1));
        assertThat(receiver.requests().getFirst().header("webhook-id"))
                .isEqualTo(happening.eventId().toString());
        soon().untilAsserted(() ->
                assertThat(delivery(happening.eventId(), webhook).attempts()).isEqualTo(2));
        // the outcome of the dead instance comes late and counts no more
        assertThat(deliveries
                        .record(begun.after(new Outcome.Answered(500, null), new RetryLadder(() -> 0.5), now()))
                        .block())
                .isFalse();
        soon().untilAsserted(() -> assertThat(counts()).isEqualTo(new DeliveryCounts(1, 1, 0)));
    }

    @Test
    void oldDeliveriesAreForgottenAndOldEventsNotDeliveredAgain() {
        registered(receiver, "*");
        UUID event = happens("track.uploaded");
        soon().untilAsserted(() -> assertThat(counts().delivered()).isEqualTo(1));
        Happening old = happening(event, owner, "track.uploaded");

        clock.advance(Duration.ofDays(31));
        assertThat(forgetDeliveries.forget().block()).isPositive();
        queueDeliveries.queue(old).block();

        assertThat(counts()).isEqualTo(new DeliveryCounts(0, 0, 0));
        assertThat(receiver.requests()).hasSize(1);
    }

    private Webhook registered(Receiver where, String... events) {
        Webhook webhook = registerWebhook
                .register(owner, where.url("/hook"), List.of(events), null)
                .block();
        assertThat(webhook).isNotNull();
        return webhook;
    }

    private UUID happens(String type) {
        UUID event = Ids.next();
        queueDeliveries.queue(happening(event, owner, type)).block();
        return event;
    }

    private Happening happening(UUID event, UUID whose, String type) {
        return new Happening(
                event, whose, type, now(), "{\"type\":\"" + type + "\",\"timestamp\":\"" + now() + "\",\"data\":{}}");
    }

    /** The delivery once this attempt has failed: due later than the lease of an attempt would be. */
    private Stored waiting(UUID event, Webhook webhook, int attempts) {
        return soon().until(
                        () -> delivery(event, webhook),
                        delivery -> delivery.attempts() == attempts
                                && delivery.dueAt().isAfter(clock.instant().plusMillis(3_100)));
    }

    private Stored delivery(UUID event, Webhook webhook) {
        BsonDocument document = Mono.from(database.getCollection("webhook_deliveries", BsonDocument.class)
                        .find(Filters.eq("_id", Delivery.idOf(event, webhook.id())))
                        .first())
                .block();
        assertThat(document).isNotNull();
        BsonDocument state = document.getDocument("state");
        return new Stored(
                state.getString("status").getValue(),
                state.getInt32("attempts").getValue(),
                Instant.ofEpochMilli(state.getDateTime("dueAt").getValue()),
                state.containsKey("lastStatus") ? state.getInt32("lastStatus").getValue() : null);
    }

    private record Stored(
            String status,
            int attempts,
            Instant dueAt,
            @Nullable Integer lastStatus) {}

    private DeliveryCounts counts() {
        return get(countDeliveries.count(owner)).deliveries();
    }

    private Receiver.Request of(String type) {
        return receiver.requests().stream()
                .filter(request -> read(request).get("type").stringValue().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode read(Receiver.Request request) {
        return JSON.readTree(request.body());
    }

    /** The client library decides, as at the receiver's. */
    private static void verify(SigningKey key, Receiver.Request request) throws Exception {
        var library = new com.standardwebhooks.Webhook(key.text());
        // the library compares with the system's clock; ours may be ahead
        long ahead = Long.parseLong(request.header("webhook-timestamp"))
                - Instant.now().getEpochSecond();
        if (Math.abs(ahead) < 240) {
            library.verify(request.body(), request.headers());
            return;
        }
        String expected = library.sign(
                request.header("webhook-id"), Long.parseLong(request.header("webhook-timestamp")), request.body());
        if (Stream.of(request.header("webhook-signature").split(" ", -1)).noneMatch(expected::equals)) {
            throw new WebhookVerificationException("No matching signature found");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Duration tenths(Duration duration, int tenths) {
        return duration.multipliedBy(tenths).dividedBy(10);
    }

    private TrackSnapshot trackSnapshot(UUID track) {
        return new TrackSnapshot(
                track,
                1,
                owner,
                "ada",
                "Song",
                "Ada",
                null,
                "Jazz",
                2026,
                90.2,
                "flac",
                10,
                -14.0,
                true,
                "processing",
                null,
                clock.instant());
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    private static void hold(CountDownLatch release) {
        try {
            boolean released = release.await(20, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(released).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
