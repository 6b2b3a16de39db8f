package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * catalog-service dies in the middle of uploads and of an analysis: what was acknowledged is there, everything else is there
 * whole or not at all and can be sent again, and others hear of each track once.
 */
class UploadFaultsE2E {

    private static final int WRITERS = 3;
    private static final int CHUNKS = 3;
    private static final byte[] SOUND = Sounds.song(0.3);

    private final Platform platform = Platform.get();
    private final Account ann = Account.register(platform);

    /** An upload as whoever sends it knows it. */
    private static final class Sent {
        /** What the server knows it by when it comes again, and its title. */
        private final String key = UUID.randomUUID().toString();

        private final byte[] bytes = differing();
        private final boolean inChunks;
        private volatile @Nullable String id;
        private volatile boolean acknowledged;

        Sent(boolean inChunks) {
            this.inChunks = inChunks;
        }

        private static byte[] differing() {
            byte[] bytes = SOUND.clone();
            byte[] end = new byte[64];
            new Random().nextBytes(end);
            System.arraycopy(end, 0, bytes, bytes.length - end.length, end.length);
            return bytes;
        }

        String id() {
            return Objects.requireNonNull(id);
        }
    }

    /** How a request is sent, and which status its answer must have. */
    private interface Way {
        Api.Answer send(int status, Supplier<Api.Answer> request);
    }

    /** A request that the service did not answer. */
    private static final class BrokeOffException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void whatWasAcknowledgedStaysAndTheRestIsWholeOrAbsentWhereverTheServiceDies() throws Exception {
        Set<String> objects = platform.objects();
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.subscribe(ann, "track.uploaded", "track.processed");
            byte[] minutes = minutes(15);
            String heard = ann.api()
                    .upload("/api/v1/tracks", "file", "long.wav", minutes, Map.of())
                    .expect(201)
                    .data()
                    .path("track")
                    .path("id")
                    .asString();
            // nobody else uploads: this is its analysis
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> service().descendants().anyMatch(ProcessHandle::isAlive));
            Queue<Sent> uploads = new ConcurrentLinkedQueue<>();
            sendUntilTheServiceDies(
                    uploads,
                    () -> assertThat(track(heard).path("status").asString()).isEqualTo("processing"));
            sendUntilTheServiceDies(uploads, () -> {});
            assertThat(uploads).anyMatch(sent -> sent.acknowledged).anyMatch(sent -> !sent.acknowledged);

            assertWholeOrAbsent(uploads, minutes.length);
            uploads.stream().filter(sent -> !sent.acknowledged).forEach(sent -> send(sent, UploadFaultsE2E::patiently));
            Set<String> ids = new TreeSet<>(uploads.stream().map(Sent::id).toList());
            ids.add(heard);
            assertThat(listed().values())
                    .extracting(row -> row.path("id").asString())
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(ann.usedBytes()).isEqualTo(minutes.length + (long) SOUND.length * uploads.size());
            assertHeard(heard, minutes);
            for (Sent sent : uploads) {
                ann.awaitProcessed(sent.id());
                assertThat(download(sent.id())).isEqualTo(sent.bytes);
            }
            assertThat(stored(objects, "/catalog/tracks/")).isEqualTo(ids);
            // also what was left by whoever died between the track and its chunks
            assertThat(stored(objects, "/catalog/uploads/")).isEmpty();
            assertOthersHeardOfEachOnce(ids, receiver);
        }
    }

    @Test
    void whileTheObjectStoreIsAwayBytesAreRefusedAndThenTheyGoOnWhereTheyWere() {
        String heard = ann.uploadedTrack(SOUND, "Heard");
        Sent chunked = new Sent(true);
        Sent whole = new Sent(false);
        AtomicInteger requests = new AtomicInteger();
        try {
            assertThatThrownBy(() -> send(chunked, (status, request) -> {
                        // begun, looked at, one chunk sent
                        if (requests.incrementAndGet() == 4) {
                            platform.fault("s3", "stop");
                        }
                        return orUnavailable(status, request);
                    }))
                    .isInstanceOf(BrokeOffException.class);
            assertThat(requests).hasValue(4);
            assertThatThrownBy(() -> send(whole, UploadFaultsE2E::orUnavailable))
                    .isInstanceOf(BrokeOffException.class);
            for (String range : List.of("bytes=0-", "bytes=100-199")) {
                Api.Answer stream = platform.anonymous().get("/api/v1/tracks/" + heard + "/stream", "Range", range);
                assertUnavailable(stream);
                assertThat(stream.header("Content-Range")).isNull();
            }
            assertUnavailable(ann.api().get("/api/v1/tracks/" + heard + "/download"));
            assertThat(track(heard).path("title").asString()).isEqualTo("Heard");
        } finally {
            platform.fault("s3", "start");
        }
        send(chunked, UploadFaultsE2E::patiently);
        send(whole, UploadFaultsE2E::patiently);
        for (Sent sent : List.of(chunked, whole)) {
            ann.awaitProcessed(sent.id());
            assertThat(download(sent.id())).isEqualTo(sent.bytes);
        }
        assertThat(download(heard)).isEqualTo(SOUND);
        assertThat(listed()).hasSize(3);
        assertThat(ann.usedBytes()).isEqualTo(3L * SOUND.length);
    }

    private static Api.Answer orUnavailable(int status, Supplier<Api.Answer> request) {
        Api.Answer answer = request.get();
        if (answer.status() != status) {
            assertUnavailable(answer);
            throw new BrokeOffException();
        }
        return answer;
    }

    private static void assertUnavailable(Api.Answer answer) {
        JsonNode body = answer.expect(503).json();
        assertThat(body.path("success").asBoolean(true)).as(answer.text()).isFalse();
        assertThat(body.path("error").path("message").asString()).isNotBlank();
        assertThat(answer.header("Retry-After")).matches("[0-9]+");
    }

    /** Some in one go, some in chunks, until the service is killed at some moment; then it comes back. */
    private void sendUntilTheServiceDies(Queue<Sent> uploads, Runnable justBefore) throws InterruptedException {
        int before = uploads.size();
        List<CompletableFuture<Void>> writers = IntStream.range(0, 2 * WRITERS)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> {
                            try {
                                while (true) {
                                    Sent sent = new Sent(i % 2 == 0);
                                    uploads.add(sent);
                                    send(sent, UploadFaultsE2E::once);
                                    FaultsE2E.pause();
                                }
                            } catch (BrokeOffException e) {
                                // one that broke off is enough
                            }
                        },
                        Thread::startVirtualThread))
                .toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> uploads.size() > before + 3 * WRITERS);
        Thread.sleep(ThreadLocalRandom.current().nextInt(500));
        ProcessHandle service = service();
        justBefore.run();
        platform.signal(service, "KILL");
        await().atMost(Duration.ofSeconds(10)).until(() -> !service.isAlive());
        writers.forEach(CompletableFuture::join);
        platform.awaitHealthy("catalog-service");
        FaultsE2E.answered(() -> ann.api().get("/api/v1/tracks")).expect(200);
    }

    /** As a client does it, also one whose request broke off: with the same key, and only the chunks that are missing. */
    private void send(Sent sent, Way way) {
        String before = sent.id;
        if (sent.inChunks) {
            String id = way.send(
                            200,
                            () -> ann.api()
                                    .post(
                                            "/api/v1/tracks/initiate",
                                            Map.of(
                                                    "filename",
                                                    sent.key + ".wav",
                                                    "total_chunks",
                                                    CHUNKS,
                                                    "total_size",
                                                    sent.bytes.length),
                                            "Idempotency-Key",
                                            sent.key))
                    .data()
                    .path("upload_id")
                    .asString();
            sent.id = id;
            JsonNode state = way.send(200, () -> ann.api().get("/api/v1/tracks/resume/" + id))
                    .data();
            if (state.path("chunks_received").asInt() < CHUNKS) {
                Set<Integer> received = new HashSet<>();
                state.path("received").forEach(number -> received.add(number.asInt()));
                IntStream.rangeClosed(1, CHUNKS)
                        .filter(number -> !received.contains(number))
                        .forEach(number -> way.send(200, () -> chunk(sent, number)));
            }
            JsonNode completed = way.send(201, () -> ann.api().post("/api/v1/tracks/complete", Map.of("upload_id", id)))
                    .data();
            assertThat(completed.path("track").path("id").asString()).isEqualTo(id);
            assertThat(completed.path("md5").asString()).isEqualTo(md5(sent.bytes));
        } else {
            sent.id = way.send(
                            201,
                            () -> ann.api()
                                    .upload(
                                            "/api/v1/tracks",
                                            "file",
                                            sent.key + ".wav",
                                            sent.bytes,
                                            Map.of(),
                                            "Idempotency-Key",
                                            sent.key))
                    .data()
                    .path("track")
                    .path("id")
                    .asString();
        }
        if (before != null) {
            assertThat(sent.id).isEqualTo(before);
        }
        sent.acknowledged = true;
    }

    private Api.Answer chunk(Sent sent, int number) {
        int size = sent.bytes.length;
        return ann.api()
                .upload(
                        "/api/v1/tracks/chunk",
                        "chunk",
                        "blob",
                        Arrays.copyOfRange(sent.bytes, size * (number - 1) / CHUNKS, size * number / CHUNKS),
                        Map.of(
                                "upload_id",
                                sent.id(),
                                "chunk_number",
                                Integer.toString(number),
                                "total_chunks",
                                Integer.toString(CHUNKS),
                                "total_size",
                                Integer.toString(size),
                                "filename",
                                sent.key + ".wav"));
    }

    private static Api.Answer once(int status, Supplier<Api.Answer> request) {
        Api.Answer answer;
        try {
            answer = request.get();
        } catch (UncheckedIOException e) {
            throw new BrokeOffException();
        }
        if (answer.status() == 503 || answer.status() == 504) {
            throw new BrokeOffException();
        }
        return answer.expect(status);
    }

    /** What died with a key in its hands keeps it for a while. */
    private static Api.Answer patiently(int status, Supplier<Api.Answer> request) {
        return await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(request::get, answer -> answer.status() != 409 && answer.status() != 503)
                .expect(status);
    }

    private void assertWholeOrAbsent(Queue<Sent> uploads, long others) {
        // the index is filled again first
        Map<String, JsonNode> listed = await().atMost(Duration.ofSeconds(60))
                .until(
                        this::listed,
                        rows -> uploads.stream().allMatch(sent -> !sent.acknowledged || rows.containsKey(sent.key)));
        long all = others;
        long perhaps = 0;
        for (Sent sent : uploads) {
            JsonNode row = listed.get(sent.key);
            if (row != null) {
                assertThat(download(row.path("id").asString())).isEqualTo(sent.bytes);
                all += sent.bytes.length;
            } else {
                perhaps += sent.bytes.length;
            }
        }
        assertThat(ann.usedBytes()).isBetween(all, all + perhaps);
    }

    private void assertHeard(String id, byte[] bytes) {
        await().atMost(Duration.ofSeconds(180))
                .until(() -> track(id).path("status").asString().equals("completed"));
        assertThat(track(id).path("loudness").path("integrated").isNumber()).isTrue();
        ann.api().get("/api/v1/tracks/" + id + "/waveform").expect(200);
        assertThat(download(id)).isEqualTo(bytes);
    }

    /** In another dialect, in the audit log and by webhooks. */
    private void assertOthersHeardOfEachOnce(Set<String> ids, WebhookReceiver receiver) {
        Set<String> elsewhere = new TreeSet<>();
        ann.api()
                .get("/musewave/tracks/?limit=100&userId=" + ann.id())
                .expect(200)
                .json()
                .forEach(row -> elsewhere.add(row.path("id").asString()));
        assertThat(elsewhere).isEqualTo(ids);
        for (String type : List.of("track.uploaded", "track.processed")) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(ann.api()
                                .get("/api/v1/audit/logs?action=" + type)
                                .expect(200)
                                .data()
                                .path("pagination")
                                .path("total")
                                .asInt())
                        .isEqualTo(ids.size());
                assertThat(deliveries(receiver, type))
                        .hasSize(ids.size())
                        .allSatisfy(body -> assertThat(ids).anyMatch(body::contains));
            });
            assertThat(ids)
                    .allSatisfy(id -> assertThat(deliveries(receiver, type))
                            .filteredOn(body -> body.contains(id))
                            .hasSize(1));
        }
    }

    /** Bodies, each once: a delivery may come again. */
    private static Collection<String> deliveries(WebhookReceiver receiver, String type) {
        Map<String, String> bodies = new HashMap<>();
        for (WebhookReceiver.Delivery delivery : receiver.deliveries()) {
            if (delivery.type().equals(type)) {
                bodies.put(delivery.id(), delivery.body().toString());
            }
        }
        return bodies.values();
    }

    /** By title. */
    private Map<String, JsonNode> listed() {
        Map<String, JsonNode> rows = new HashMap<>();
        ann.api()
                .get("/api/v1/tracks?limit=100&user_id=" + ann.id())
                .expect(200)
                .data()
                .path("tracks")
                .forEach(row ->
                        assertThat(rows.put(row.path("title").asString(), row)).isNull());
        return rows;
    }

    private JsonNode track(String id) {
        return ann.api().get("/api/v1/tracks/" + id).expect(200).data().path("track");
    }

    private byte[] download(String id) {
        return ann.api().get("/api/v1/tracks/" + id + "/download").expect(200).bytes();
    }

    /** Names of objects in a folder that were not there before. */
    private Set<String> stored(Set<String> before, String folder) {
        return platform.objects().stream()
                .filter(object -> object.contains(folder) && !before.contains(object))
                .map(object -> object.substring(object.indexOf(folder) + folder.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private ProcessHandle service() {
        return platform.process("catalog-service").orElseThrow();
    }

    /** A tone of few bytes for its length: what takes time is to listen to it. */
    private static byte[] minutes(int count) {
        int rate = 8000;
        ByteBuffer pcm = ByteBuffer.allocate(count * 60 * rate * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count * 60 * rate; i++) {
            pcm.putShort((short) (10_000 * Math.sin(2 * Math.PI * 440 * i / rate)));
        }
        return HostileMedia.wav(36 + pcm.capacity(), pcm.capacity(), 1, rate, pcm.array());
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
