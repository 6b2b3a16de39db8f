package dev.cadenza.catalog.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.catalog.TestAudio;
import dev.cadenza.catalog.Told;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.testing.TestKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happens to tracks behind the API: analysis after a crash, sweeping, events in and out. */
@CatalogIntegrationTest
class TrackLifeIT {

    @Autowired
    Tracks tracks;

    @Autowired
    TrackFiles files;

    @Autowired
    DeleteTrack delete;

    @Autowired
    StorageQuota quota;

    @Autowired
    TrackSettings settings;

    @Autowired
    WebTestClient client;

    @TempDir
    Path folder;

    private final UUID owner = UUID.randomUUID();

    @Test
    void anAnalysisThatDiedWithItsProcessIsDoneAgain() throws IOException {
        // as a process leaves it that is killed while it measures: reserved, stored, not completed
        UUID id = stored(TestAudio.wav(), Instant.now().plusSeconds(2));
        assertThat(ended(id).status()).isEqualTo(TrackStatus.COMPLETED);
        assertThat(Told.messages("catalog.track.v1", id, 2))
                .extracting(message -> message.path("type").asString())
                .containsExactly("catalog.track.uploaded", "catalog.track.processed");
    }

    @Test
    void aTrackThatNobodyBeganIsFoundByPolling() throws IOException {
        assertThat(ended(stored(TestAudio.wav(), null)).status()).isEqualTo(TrackStatus.COMPLETED);
    }

    @Test
    void aTrackWhoseBytesTurnOutToBeUnusableFails() throws IOException {
        UUID id = stored("this was an mp3 once".getBytes(), null);
        Track track = ended(id);
        assertThat(track.status()).isEqualTo(TrackStatus.FAILED);
        assertThat(track.failure()).endsWith(".");
        client.get().uri("/api/v1/tracks/" + id).exchange().expectStatus().isNotFound();
        // its bytes go, and take no room any more; the reason stays
        await().atMost(Duration.ofSeconds(20)).until(() -> !storedIds().contains(id));
        assertThat(quota.of(owner).blockOptional().orElseThrow().used()).isZero();
        assertThat(Told.messages("catalog.track.v1", id, 2))
                .last()
                .satisfies(message -> assertThat(
                                message.path("data").path("failure").asString())
                        .isEqualTo(track.failure()));
    }

    @Test
    void theBytesOfATrackThatFailedAreSweptWhereACrashKeptThem() throws IOException {
        UUID id = stored(TestAudio.wav(), null);
        ended(id);
        UUID failed = Ids.next();
        Path file = Files.write(folder.resolve("failed"), TestAudio.wav());
        files.store(failed, file, "audio/wav").block();
        Track track = tracks.find(id).blockOptional().orElseThrow().state();
        Track broken = Track.uploaded(owner, "ada", track.details(), track.audio(), track.etag(), Instant.now())
                .state()
                .rejected("Broken.", Instant.now())
                .state();
        tracks.add(failed, Change.of(broken)).block();
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC);
        new SweepTrackFiles(tracks, files, settings, later).sweep().block();
        assertThat(storedIds()).contains(id).doesNotContain(failed);
    }

    @Test
    void silenceHasNoLoudnessAndIsCompleted() throws IOException {
        byte[] silence = TestAudio.wav().clone();
        java.util.Arrays.fill(silence, 44, silence.length, (byte) 0);
        Track track = ended(stored(silence, null));
        assertThat(track.status()).isEqualTo(TrackStatus.COMPLETED);
        assertThat(track.loudness()).isEqualTo(new LoudnessFacts(null, 0, null));
    }

    @Test
    void theSweepRemovesBytesWithoutATrackOnceTheyAreOld() throws IOException {
        UUID kept = stored(TestAudio.wav(), null);
        UUID orphan = Ids.next();
        Path file = Files.write(folder.resolve("orphan"), TestAudio.wav());
        files.store(orphan, file, "audio/wav").block();

        SweepTrackFiles today = new SweepTrackFiles(tracks, files, settings, Clock.systemUTC());
        today.sweep().block();
        assertThat(storedIds()).contains(kept, orphan);

        Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC);
        new SweepTrackFiles(tracks, files, settings, later).sweep().block();
        assertThat(storedIds()).contains(kept).doesNotContain(orphan);
    }

    @Test
    void theBytesOfATrackWhoseDeletionCrashedAreSwept() throws IOException {
        UUID id = stored(TestAudio.wav(), null);
        ended(id);
        Versioned<Track> track = tracks.find(id).blockOptional().orElseThrow();
        // the row goes first: a crash may come before the bytes go
        tracks.remove(track, new TrackEvent.Deleted()).block();
        assertThat(storedIds()).contains(id);
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC);
        new SweepTrackFiles(tracks, files, settings, later).sweep().block();
        assertThat(storedIds()).doesNotContain(id);
    }

    @Test
    void deletingIsTold() throws IOException {
        UUID id = stored(TestAudio.wav(), null);
        ended(id);
        delete.delete(id, owner).block();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Told.messages("catalog.track.v1", id, 2))
                        .last()
                        .satisfies(message -> {
                            assertThat(message.path("type").asString()).isEqualTo("catalog.track.deleted");
                            assertThat(message.path("data").path("trackId").asString())
                                    .isEqualTo(id.toString());
                            assertThat(message.path("data").path("title").asString())
                                    .isEqualTo("Song");
                        }));
    }

    @Test
    void aListeningIsToldOncePerRequestFromTheFirstByte() throws IOException {
        UUID id = stored(TestAudio.wav(), null);
        for (String range : new String[] {"bytes=0-99", "bytes=100-199", "bytes=200-"}) {
            client.get()
                    .uri("/api/v1/tracks/" + id + "/stream")
                    .header("Range", range)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(206)
                    .expectBody(byte[].class);
        }
        client.head()
                .uri("/api/v1/tracks/" + id + "/stream")
                .exchange()
                .expectStatus()
                .isOk();
        client.get()
                .uri("/api/v1/tracks/" + id + "/download")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(byte[].class);
        client.get()
                .uri("/api/v1/tracks/" + id + "/stream")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(byte[].class);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(streams("catalog.stream.started", id)).hasSize(2));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(streams("catalog.stream.downloaded", id)).hasSize(1));
        JsonNode data = streams("catalog.stream.started", id).getFirst().path("data");
        assertThat(data.path("ownerId").asString()).isEqualTo(owner.toString());
        assertThat(data.path("listenerId").isNull()).isTrue();
        assertThat(data.path("durationSeconds").asDouble()).isEqualTo(1.0);
    }

    @Test
    void likesAndPlaysAreCountedOnceHoweverOftenTheyAreTold() throws Exception {
        UUID id = stored(TestAudio.wav(), null);
        ended(id);
        UUID user = UUID.randomUUID();
        UUID play = UUID.randomUUID();
        String liked = like("social.like.liked", 10, id, user, true);
        send("social.like.v1", user, liked);
        send("social.like.v1", user, liked);
        send("social.like.v1", user, like("social.like.liked", 1, id, UUID.randomUUID(), true));
        for (int i = 0; i < 2; i++) {
            send(
                    "analytics.play.v1",
                    play,
                    envelope(
                            "analytics.play.recorded",
                            1,
                            "{\"playId\":\"%s\",\"trackId\":\"%s\",\"ownerId\":\"%s\",\"listenerId\":null,"
                                            .formatted(play, id, owner)
                                    + "\"listenedSeconds\":0,\"at\":\"2026-01-01T00:00:00Z\"}"));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(track(id).counts()).isEqualTo(new TrackCounts(2, 1, 0)));
        send("social.like.v1", user, like("social.like.unliked", 11, id, user, false));
        // late: older than the last word
        send("social.like.v1", user, liked);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(track(id).counts()).isEqualTo(new TrackCounts(1, 1, 0)));
        assertThat(Told.messages("catalog.track.v1", id, 2)).hasSize(2);
    }

    private static String like(String type, long seq, UUID track, UUID user, boolean liked) {
        return envelope(
                type,
                seq,
                "{\"trackId\":\"%s\",\"trackOwnerId\":\"%s\",\"userId\":\"%s\",\"username\":\"x\",\"liked\":%s,"
                                .formatted(track, UUID.randomUUID(), user, liked)
                        + "\"at\":\"2026-01-01T00:00:00Z\"}");
    }

    private static String envelope(String type, long seq, String data) {
        return "{\"eventId\":\"%s\",\"seq\":%d,\"type\":\"%s\",\"v\":1,\"at\":\"2026-01-01T00:00:00Z\",\"data\":%s}"
                .formatted(UUID.randomUUID(), seq, type, data);
    }

    private UUID stored(byte[] bytes, @Nullable Instant reservedUntil) throws IOException {
        UUID id = Ids.next();
        Path file = Files.write(folder.resolve(id.toString()), bytes);
        String etag = files.store(id, file, "audio/wav").blockOptional().orElseThrow();
        Track track = Track.uploaded(
                        owner,
                        "ada",
                        new TrackDetails("Song", "Ada", null, null, null, true),
                        new AudioFacts("wav", "pcm_s16le", "audio/wav", 1, 44_100, 2, 1411, bytes.length),
                        etag,
                        Instant.now())
                .state();
        if (reservedUntil != null) {
            track = track.analysisTaken(Instant.now(), reservedUntil).state();
        }
        tracks.add(id, Change.of(track, new TrackEvent.Uploaded())).block();
        return id;
    }

    private Track ended(UUID id) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> track(id), track -> track.status() != TrackStatus.PROCESSING);
    }

    private Track track(UUID id) {
        return tracks.find(id).blockOptional().orElseThrow().state();
    }

    private List<UUID> storedIds() {
        return files.storedBefore(Instant.now().plusSeconds(60))
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private static List<JsonNode> streams(String type, UUID track) {
        return Told.read("catalog.stream.v1").stream()
                .map(record -> JsonMapper.shared().readTree(record.value()))
                .filter(message -> message.path("type").asString().equals(type)
                        && message.path("data").path("trackId").asString().equals(track.toString()))
                .toList();
    }

    private static void send(String topic, UUID key, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key.toString(), value)).get();
        }
    }
}
