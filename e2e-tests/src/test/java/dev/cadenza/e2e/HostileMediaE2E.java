package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.cadenza.e2e.HostileMedia.Ending;
import dev.cadenza.e2e.HostileMedia.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Files that want to be something else, to be larger than they are or to be read where they must not, from the gateway to the
 * end of the analysis: refused or failed with a reason, and nothing of them stays.
 */
class HostileMediaE2E {

    private static final List<String> SERVICES = List.of("gateway", "catalog-service");
    private static final long FOUR_GIGABYTES = 4L << 30;
    /** Would be heard at once: nothing else here is as long. */
    private static final byte[] CANARY = Sounds.song(7);

    private final Platform platform = Platform.get();
    private final Account ann = Account.register(platform);
    private final AtomicInteger asked = new AtomicInteger();
    private final String secret = "canary-" + UUID.randomUUID();
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, CANARY.length);
            exchange.getResponseBody().write(CANARY);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void whatWantsToDoHarmBecomesNothingAndNobodyElseNotices() throws IOException {
        byte[] wav = Sounds.song(2);
        String seed = ann.uploadedTrack(wav, "Seed");
        Path sound = Files.write(folder.resolve("canary.wav"), CANARY);
        Path text = Files.writeString(folder.resolve("canary.txt"), secret);
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/canary.wav";
        List<Sample> samples = new ArrayList<>(HostileMedia.lists(List.of(
                address,
                sound.toString(),
                "file:" + text,
                "subfile,,start,0,end,1000000,,:" + sound,
                "concat:" + text + "|" + sound)));
        byte[] flac = as(seed, "flac");
        samples.addAll(HostileMedia.unusable(wav, flac));
        samples.addAll(HostileMedia.liars(wav, as(seed, "mp3"), flac, as(seed, "opus"), as(seed, "aac"), address));
        long used = ann.usedBytes();
        Set<String> objects = platform.objects();
        List<Long> processes = processes();

        Map<Sample, String> taken = new LinkedHashMap<>();
        int refused = 0;
        for (Sample sample : samples) {
            Api.Answer answer = ann.api().upload("/api/v1/tracks", "file", sample.name(), sample.bytes(), Map.of());
            if (answer.status() == 201) {
                taken.put(sample, answer.data().path("track").path("id").asString());
            } else {
                assertThat(sample.ending())
                        .as(sample.name() + ": " + answer.text())
                        .isNotEqualTo(Ending.TRACK);
                assertRefusedByVeza(sample.name(), answer);
                // what is refused in one way is in the others; what is large for its length takes long each time
                if (sample.bytes().length < 1_000_000 && refused % 2 == 0) {
                    assertRefusedInChunks(sample);
                } else if (sample.bytes().length < 1_000_000) {
                    assertRefusedByAudionova(sample);
                }
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(30);
        taken.forEach(this::assertEnds);
        taken.values().forEach(id -> ann.api().delete("/api/v1/tracks/" + id).expect(200));

        assertThat(asked).hasValue(0);
        assertThat(processes()).isEqualTo(processes);
        assertThat(ann.usedBytes()).isEqualTo(used);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(added(objects)).isEmpty());
        ann.uploadedTrack(wav, "Good");
    }

    @Test
    void whatNobodyCouldSendCannotBeAnnounced() {
        for (long size : List.of(FOUR_GIGABYTES, Long.MAX_VALUE)) {
            assertRefusedByVeza("announced " + size, announced(1, size)).expect(413);
        }
        for (long[] wrong :
                new long[][] {{1, 0}, {1, -1}, {0, 1}, {-1, 100}, {2, 1}, {1_000_000_000, FOUR_GIGABYTES}}) {
            assertRefusedByVeza("announced " + Arrays.toString(wrong), announced(wrong[0], wrong[1]))
                    .expect(422);
        }
        byte[] wav = Sounds.song(0.2);
        String id =
                announced(2, wav.length).expect(200).data().path("upload_id").asString();
        assertThat(ann.usedBytes()).isEqualTo(wav.length);
        Map<String, String> right = chunkForm(id, 1, 2, wav.length);
        for (Map.Entry<String, List<Long>> field : Map.of(
                        "chunk_number", List.of(0L, -1L, 3L, FOUR_GIGABYTES, Long.MAX_VALUE),
                        "total_size", List.of(0L, -1L, FOUR_GIGABYTES, Long.MAX_VALUE),
                        "total_chunks", List.of(0L, -1L, 3L, FOUR_GIGABYTES))
                .entrySet()) {
            for (long value : field.getValue()) {
                Map<String, String> wrong = new HashMap<>(right);
                wrong.put(field.getKey(), Long.toString(value));
                assertRefusedByVeza(wrong.toString(), chunk(wrong, new byte[10]))
                        .expect(422);
            }
        }
        assertRefusedByVeza("more than announced", chunk(right, new byte[wav.length + 1]))
                .expect(422);
        assertRefusedByVeza("nothing", chunk(right, new byte[0])).expect(422);
        assertThat(ann.api()
                        .get("/api/v1/tracks/resume/" + id)
                        .expect(200)
                        .data()
                        .path("chunks_received")
                        .asInt(-1))
                .isZero();
        ann.api().delete("/api/v1/tracks/" + id).expect(200);
        assertThat(ann.usedBytes()).isZero();
    }

    /** The track of a good file in another format. */
    private byte[] as(String id, String format) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> ann.api().get("/api/v1/tracks/" + id + "/download?format=" + format),
                        answer -> answer.status() == 200)
                .bytes();
    }

    private void assertEnds(Sample sample, String id) {
        String path = "/api/v1/tracks/" + id;
        JsonNode end = await().atMost(Duration.ofSeconds(90))
                .until(
                        () -> checked(ann.api().get(path + "/status").expect(200))
                                .data(),
                        status -> !status.path("status").asString().equals("processing"));
        JsonNode track = checked(ann.api().get(path).expect(200)).data().path("track");
        assertThat(track.path("title").asString()).as(sample.name()).hasSizeBetween(1, 500);
        if (end.path("status").asString().equals("failed")) {
            assertThat(sample.ending()).as(sample.name() + end).isNotEqualTo(Ending.TRACK);
            assertThat(end.path("message").asString()).as(sample.name()).isNotBlank();
            assertThat(track.path("status_message")).isEqualTo(end.path("message"));
            ann.api().get(path + "/download").expect(404);
        } else {
            assertThat(end.path("status").asString()).isEqualTo("completed");
            assertThat(sample.ending()).as(sample.name() + track).isNotEqualTo(Ending.NO_TRACK);
            assertThat(track.path("duration_seconds").asDouble())
                    .as(sample.name())
                    .isBetween(0.1, 2.2);
            assertThat(track.path("cover_url").isNull()).as(sample.name()).isTrue();
            assertThat(ann.api().get(path + "/download").expect(200).bytes()).isEqualTo(sample.bytes());
        }
    }

    private Api.Answer assertRefusedByVeza(String what, Api.Answer answer) {
        assertThat(answer.status()).as(what + ": " + answer.text()).isIn(400, 413, 415, 422);
        JsonNode body = checked(answer).json();
        assertThat(body.path("success").asBoolean(true)).isFalse();
        assertThat(body.path("error").path("code").asString()).isNotEmpty();
        assertThat(body.path("error").path("message").asString()).isNotEmpty();
        return answer;
    }

    private void assertRefusedByAudionova(Sample sample) {
        Api.Answer answer =
                ann.api().upload("/api/songs/", "file", sample.name(), sample.bytes(), Map.of("title", sample.name()));
        assertThat(checked(answer).status())
                .as(sample.name() + ": " + answer.text())
                .isEqualTo(400);
        assertThat(Api.keys(answer.json())).containsExactly("file");
        assertThat(answer.json().path("file").path(0).asString()).isNotBlank();
    }

    private void assertRefusedInChunks(Sample sample) {
        int size = sample.bytes().length;
        if (size < 2) {
            return;
        }
        String id = announced(2, size).expect(200).data().path("upload_id").asString();
        chunk(chunkForm(id, 2, 2, size), Arrays.copyOfRange(sample.bytes(), size / 2, size))
                .expect(200);
        chunk(chunkForm(id, 1, 2, size), Arrays.copyOf(sample.bytes(), size / 2))
                .expect(200);
        assertRefusedByVeza(sample.name(), ann.api().post("/api/v1/tracks/complete", Map.of("upload_id", id)));
        JsonNode status = checked(
                        ann.api().get("/api/v1/uploads/" + id + "/status").expect(200))
                .data();
        assertThat(status.path("status").asString()).as(sample.name()).isEqualTo("failed");
        assertThat(status.path("message").asString()).as(sample.name()).isNotBlank();
    }

    /** An answer in which nothing of the canary's stands. */
    private Api.Answer checked(Api.Answer answer) {
        assertThat(answer.text()).doesNotContain(secret);
        return answer;
    }

    private Api.Answer announced(long chunks, long size) {
        return ann.api()
                .post(
                        "/api/v1/tracks/initiate",
                        Map.of("filename", "song.wav", "total_chunks", chunks, "total_size", size));
    }

    private static Map<String, String> chunkForm(String id, long number, long chunks, long size) {
        return Map.of(
                "upload_id",
                id,
                "chunk_number",
                Long.toString(number),
                "total_chunks",
                Long.toString(chunks),
                "total_size",
                Long.toString(size),
                "filename",
                "song.wav");
    }

    private Api.Answer chunk(Map<String, String> form, byte[] bytes) {
        return ann.api().upload("/api/v1/tracks/chunk", "chunk", "blob", bytes, form);
    }

    private Set<String> added(Set<String> before) {
        Set<String> added = new TreeSet<>(platform.objects());
        added.removeAll(before);
        return added;
    }

    private List<Long> processes() {
        return SERVICES.stream()
                .map(part -> platform.process(part).orElseThrow().pid())
                .toList();
    }
}
