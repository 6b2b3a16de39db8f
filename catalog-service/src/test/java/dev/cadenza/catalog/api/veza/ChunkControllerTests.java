package dev.cadenza.catalog.api.veza;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.TestAudio;
import dev.cadenza.catalog.upload.UploadSessions;
import dev.cadenza.catalog.upload.UploadSettings;
import dev.cadenza.catalog.upload.Uploading;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;

class ChunkControllerTests extends VezaTests {

    private static final byte[] SONG = TestAudio.wav();
    private static final int CHUNKS = 4;

    @Autowired
    UploadSettings settings;

    @Autowired
    UploadSessions sessions;

    @Test
    void chunksInAnyOrderAndRepeatedBecomeOneTrack() throws Exception {
        String id = initiated(ada, "../my-track.wav", CHUNKS, SONG.length);
        chunk(ada, id, 3, part(3)).expectStatus().isOk();
        chunk(ada, id, 1, new byte[] {1, 2, 3}).expectStatus().isOk();
        JsonNode received = data(chunk(ada, id, 1, part(1)));
        assertThat(received.propertyNames())
                .containsExactlyInAnyOrder("upload_id", "received_chunks", "progress", "message");
        assertThat(received.path("upload_id").asString()).isEqualTo(id);
        assertThat(received.path("received_chunks").asInt()).isEqualTo(2);
        assertThat(received.path("progress").asDouble()).isEqualTo(50.0);
        assertThat(received.path("message").asString()).isEqualTo("Chunk uploaded successfully");

        JsonNode resumable = data(get("/api/v1/tracks/resume/" + id, ada));
        assertThat(resumable.path("upload_id").asString()).isEqualTo(id);
        assertThat(resumable.path("chunks_received").asInt()).isEqualTo(2);
        assertThat(resumable.path("total_chunks").asInt()).isEqualTo(CHUNKS);
        assertThat(resumable.path("received").toString()).isEqualTo("[1,3]");
        assertThat(data(get("/api/v1/uploads/" + id + "/status", ada))
                        .path("status")
                        .asString())
                .isEqualTo("uploading");

        WebTestClient.ResponseSpec early = complete(ada, id);
        early.expectStatus().isEqualTo(422);
        assertThat(json(early).path("error").path("details").toString()).contains("2, 4");

        chunk(ada, id, 4, part(4)).expectStatus().isOk();
        chunk(ada, id, 2, part(2)).expectStatus().isOk();
        JsonNode done = json(complete(ada, id).expectStatus().isCreated()).path("data");
        assertThat(done.propertyNames()).containsExactlyInAnyOrder("track", "md5", "message");
        assertThat(done.path("track").path("id").asString()).isEqualTo(id);
        assertThat(done.path("track").path("title").asString()).isEqualTo("my-track");
        assertThat(done.path("track").path("status").asString()).isIn("processing", "completed");
        assertThat(done.path("md5").asString()).isEqualTo(md5(SONG));
        assertThat(done.path("message").asString()).isEqualTo("Upload completed");
        assertThat(client.get()
                        .uri("/api/v1/tracks/" + id + "/stream")
                        .exchange()
                        .expectBody(byte[].class)
                        .returnResult()
                        .getResponseBody())
                .isEqualTo(SONG);
        assertThat(objects()).noneMatch(object -> object.startsWith("uploads/" + id));
        completed(ada, id);
        assertThat(data(get("/api/v1/uploads/" + id + "/status", ada)).toString())
                .startsWith("{\"status\":\"completed\",\"progress\":100");
    }

    @Test
    void completingAgainOrAtOnceGivesTheSameTrack() {
        String id = initiated(ada, "song.wav", CHUNKS, SONG.length);
        sendAll(ada, id);
        Set<String> tracks = IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> json(complete(ada, id).expectStatus().isCreated())
                        .path("data")
                        .path("track")
                        .path("id")
                        .asString())
                .collect(Collectors.toSet());
        assertThat(tracks).containsExactly(id);
        assertThat(json(complete(ada, id).expectStatus().isCreated())
                        .path("data")
                        .path("md5")
                        .asString())
                .hasSize(32);
        assertError(chunk(ada, id, 1, part(1)), 409);
        assertThat(json(get("/api/v1/tracks?user_id=" + ada.id(), ada))
                        .path("data")
                        .path("tracks")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void chunksMayComeAllAtOnce() {
        String id = initiated(ada, "song.wav", CHUNKS, SONG.length);
        IntStream.rangeClosed(1, CHUNKS)
                .parallel()
                .forEach(number ->
                        chunk(ada, id, number, part(number)).expectStatus().isOk());
        assertThat(data(get("/api/v1/tracks/resume/" + id, ada))
                        .path("received")
                        .toString())
                .isEqualTo("[1,2,3,4]");
        complete(ada, id).expectStatus().isCreated();
    }

    @Test
    void whatIsNoAudioEndsTheUploadAndFreesItsRoom() throws IOException {
        String id = initiated(ada, "song.wav", 1, SONG.length);
        byte[] nonsense = new byte[SONG.length];
        Arrays.fill(nonsense, (byte) 'x');
        send(ada, id, 1, 1, SONG.length, nonsense).expectStatus().isOk();
        assertThat(used(ada)).isEqualTo(SONG.length);
        // wrong words about the track end nothing
        assertError(post("/api/v1/tracks/complete", ada, "{\"upload_id\":\"" + id + "\",\"year\":99999}"), 422);
        assertThat(objects()).anyMatch(object -> object.startsWith("uploads/" + id));

        assertError(complete(ada, id), 415);
        assertThat(objects()).noneMatch(object -> object.startsWith("uploads/" + id));
        assertThat(used(ada)).isZero();
        JsonNode status = data(get("/api/v1/uploads/" + id + "/status", ada));
        assertThat(status.path("status").asString()).isEqualTo("failed");
        assertThat(status.path("progress").asInt()).isEqualTo(100);
        assertThat(status.toString()).contains("audio");
        assertError(complete(ada, id), 409);
        assertError(send(ada, id, 1, 1, SONG.length, SONG), 409);
        assertError(get("/api/v1/tracks/" + id, ada), 404);
        // it counts no more
        delete("/api/v1/tracks/" + id, ada).expectStatus().isOk();
        assertError(get("/api/v1/uploads/" + id + "/status", ada), 404);
    }

    @Test
    void anMd5ThatWasAnnouncedIsComparedBeforeThereIsATrack() {
        String right = md5(SONG);
        String wrong = right.replace(right.charAt(0), right.charAt(0) == '0' ? '1' : '0');
        String announced = data(post(
                        "/api/v1/tracks/initiate",
                        ada,
                        "{\"filename\":\"a.wav\",\"total_chunks\":1,\"total_size\":" + SONG.length + ",\"md5\":\""
                                + right + "\"}"))
                .path("upload_id")
                .asString();
        byte[] other = SONG.clone();
        other[other.length - 1] ^= 1;
        send(ada, announced, 1, 1, SONG.length, other).expectStatus().isOk();
        WebTestClient.ResponseSpec refused = complete(ada, announced);
        refused.expectStatus().isEqualTo(422);
        assertThat(json(refused)
                        .path("error")
                        .path("details")
                        .path(0)
                        .path("field")
                        .asString())
                .isEqualTo("md5");
        assertError(get("/api/v1/tracks/" + announced, ada), 404);
        send(ada, announced, 1, 1, SONG.length, SONG).expectStatus().isOk();
        complete(ada, announced).expectStatus().isCreated();

        String id = initiated(ada, "song.wav", 1, SONG.length);
        send(ada, id, 1, 1, SONG.length, SONG).expectStatus().isOk();
        assertError(completeWith(id, wrong), 422);
        assertError(completeWith(id, "no md5"), 422);
        completeWith(id, right.toUpperCase(Locale.ROOT)).expectStatus().isCreated();
    }

    @Test
    void anUploadCanBeGivenUp() throws IOException {
        String id = initiated(ada, "song.wav", CHUNKS, SONG.length);
        chunk(ada, id, 1, part(1)).expectStatus().isOk();
        assertError(delete("/api/v1/tracks/" + id, bob), 404);
        delete("/api/v1/tracks/" + id, ada).expectStatus().isOk();
        assertThat(objects()).noneMatch(object -> object.startsWith("uploads/" + id));
        assertThat(used(ada)).isZero();
        assertError(chunk(ada, id, 2, part(2)), 404);
        assertError(complete(ada, id), 404);
        assertError(get("/api/v1/tracks/resume/" + id, ada), 404);
        assertError(delete("/api/v1/tracks/" + id, ada), 404);
    }

    @Test
    void oneWhoseProcessDiedWhileItCompletedAnUploadIsReplacedByAnother() {
        String id = initiated(ada, "song.wav", CHUNKS, SONG.length);
        sendAll(ada, id);
        // as one leaves it that was killed while it joined the chunks
        Instant until = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        Uploading.freeze(sessions, UUID.fromString(id), until);
        assertError(chunk(ada, id, 1, part(1)), 409);
        assertError(delete("/api/v1/tracks/" + id, ada), 409);
        complete(ada, id).expectStatus().isCreated();
        assertThat(used(ada)).isEqualTo(SONG.length);
    }

    @Test
    void whoGivesUpCompletingDoesNotThawWhatAnotherFroze() {
        String id = initiated(ada, "song.wav", CHUNKS, SONG.length);
        Instant first = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        Uploading.freeze(sessions, UUID.fromString(id), first);
        Uploading.freeze(sessions, UUID.fromString(id), first.plusSeconds(1));
        Uploading.thaw(sessions, UUID.fromString(id), first);
        assertError(chunk(ada, id, 1, part(1)), 409);
        Uploading.thaw(sessions, UUID.fromString(id), first.plusSeconds(1));
        chunk(ada, id, 1, part(1)).expectStatus().isOk();
    }

    @Test
    void anUploadIsItsOwnersAlone() {
        String id = initiated(ada, "song.wav", CHUNKS, SONG.length);
        assertError(chunk(bob, id, 1, part(1)), 404);
        assertError(complete(bob, id), 404);
        assertError(get("/api/v1/tracks/resume/" + id, bob), 404);
        assertError(get("/api/v1/uploads/" + id + "/status", bob), 404);
        get("/api/v1/tracks/resume/" + id, null).expectStatus().isUnauthorized();
        assertError(get("/api/v1/tracks/resume/" + UUID.randomUUID(), ada), 404);
    }

    @ParameterizedTest
    @CsvSource({
        "a.wav, 0, 100, 422",
        "a.wav, -1, 100, 422",
        "a.wav, 1000000000, 2000000000, 422",
        "a.wav, 5, 4, 422",
        "a.wav, 1, 0, 422",
        "'', 1, 100, 422",
        "a.wav, 1, 4294967296, 413"
    })
    void refusesAnnouncementsThatMakeNoSense(String filename, long totalChunks, long totalSize, int status) {
        assertError(initiate(ada, filename, totalChunks, totalSize), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"filename\":\"a\"}", "{\"filename\":\"a\",\"total_chunks\":1}"})
    void namesWhatAnAnnouncementLacks(String body) {
        assertError(post("/api/v1/tracks/initiate", ada, body), 422);
    }

    @Test
    void refusesChunksThatWereNotAnnounced() {
        String id = initiated(ada, "song.wav", CHUNKS, SONG.length);
        assertError(chunk(ada, id, 0, part(1)), 422);
        assertError(chunk(ada, id, CHUNKS + 1, part(1)), 422);
        assertError(send(ada, id, 1, CHUNKS + 1, SONG.length, part(1)), 422);
        assertError(send(ada, id, 1, CHUNKS, SONG.length + 1L, part(1)), 422);
        assertError(chunk(ada, id, 1, new byte[0]), 422);
        assertError(chunk(ada, id, 1, new byte[SONG.length + 1]), 422);
        assertError(chunk(ada, "no-id", 1, part(1)), 422);
        chunk(ada, id, 1, Arrays.copyOf(SONG, SONG.length)).expectStatus().isOk();
        assertError(chunk(ada, id, 2, part(2)), 422);
        assertThat(data(get("/api/v1/tracks/resume/" + id, ada))
                        .path("received")
                        .toString())
                .isEqualTo("[1]");
    }

    @Test
    void nobodyHasMoreThanSomeUnderWay() {
        User busy = User.make("busy");
        for (int i = 0; i < settings.maxOpen(); i++) {
            initiated(busy, "song.wav", 1, 10);
        }
        assertError(initiate(busy, "song.wav", 1, 10), 409);
    }

    @Test
    void anUploadInOneGoIsToldByItsId() throws IOException {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("file", new ByteArrayResource(SONG)).filename("song.wav");
        JsonNode answer = json(client.post()
                        .uri("/api/v1/uploads")
                        .headers(headers -> headers.setBearerAuth(ada.token()))
                        .body(BodyInserters.fromMultipartData(form.build()))
                        .exchange()
                        .expectStatus()
                        .isCreated())
                .path("data");
        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("upload_id", "status");
        assertThat(answer.path("status").asString()).isEqualTo("processing");
        String id = answer.path("upload_id").asString();
        completed(ada, id);
        JsonNode status = data(get("/api/v1/uploads/" + id + "/status", ada));
        assertThat(status.path("status").asString()).isEqualTo("completed");
        assertThat(status.path("progress").asInt()).isEqualTo(100);
        assertError(get("/api/v1/uploads/" + id + "/status", bob), 404);
    }

    @Test
    void severalTracksAreDeletedEachForItself() {
        String mine = uploaded(ada, SONG);
        String hers = uploaded(bob, SONG);
        String unknown = UUID.randomUUID().toString();
        WebTestClient.ResponseSpec answer = post(
                "/api/v1/tracks/batch/delete",
                ada,
                "{\"track_ids\":[\"" + mine + "\",\"" + hers + "\",\"" + unknown + "\",\"" + mine + "\"]}");
        answer.expectStatus().isOk();
        JsonNode outcome = json(answer).path("data");
        assertThat(outcome.path("deleted").toString()).isEqualTo("[\"" + mine + "\"]");
        assertThat(outcome.path("failed").propertyNames()).containsExactlyInAnyOrder(hers, unknown);
        get("/api/v1/tracks/" + mine, ada).expectStatus().isNotFound();
        get("/api/v1/tracks/" + hers, ada).expectStatus().isOk();
        for (String wrong : List.of("{}", "{\"track_ids\":[]}", "{\"track_ids\":[\"x\"]}", "{\"track_ids\":[null]}")) {
            assertError(post("/api/v1/tracks/batch/delete", ada, wrong), 422);
        }
    }

    private void sendAll(User user, String id) {
        for (int number = 1; number <= CHUNKS; number++) {
            chunk(user, id, number, part(number)).expectStatus().isOk();
        }
    }

    private static byte[] part(int number) {
        int size = SONG.length / CHUNKS;
        return Arrays.copyOfRange(SONG, (number - 1) * size, number == CHUNKS ? SONG.length : number * size);
    }

    private String initiated(User user, String filename, long totalChunks, long totalSize) {
        JsonNode data = data(initiate(user, filename, totalChunks, totalSize));
        assertThat(data.propertyNames()).containsExactlyInAnyOrder("upload_id", "message");
        assertThat(data.path("message").asString()).isEqualTo("Upload session initiated");
        return data.path("upload_id").asString();
    }

    private WebTestClient.ResponseSpec initiate(User user, String filename, long totalChunks, long totalSize) {
        return post(
                "/api/v1/tracks/initiate",
                user,
                "{\"filename\":\"" + filename + "\",\"total_chunks\":" + totalChunks + ",\"total_size\":" + totalSize
                        + "}");
    }

    private WebTestClient.ResponseSpec complete(User user, String id) {
        return post("/api/v1/tracks/complete", user, "{\"upload_id\":\"" + id + "\"}");
    }

    private WebTestClient.ResponseSpec chunk(User user, String id, int number, byte[] bytes) {
        return send(user, id, number, CHUNKS, SONG.length, bytes);
    }

    private WebTestClient.ResponseSpec send(
            User user, String id, int number, int totalChunks, long totalSize, byte[] bytes) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("chunk", new ByteArrayResource(bytes)).filename("blob");
        form.part("upload_id", id);
        form.part("chunk_number", Integer.toString(number));
        form.part("total_chunks", Integer.toString(totalChunks));
        form.part("total_size", Long.toString(totalSize));
        form.part("filename", "song.wav");
        return client.post()
                .uri("/api/v1/tracks/chunk")
                .headers(headers -> headers.setBearerAuth(user.token()))
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange();
    }

    private WebTestClient.ResponseSpec completeWith(String id, String md5) {
        return post("/api/v1/tracks/complete", ada, "{\"upload_id\":\"" + id + "\",\"md5\":\"" + md5 + "\"}");
    }

    private long used(User user) {
        return data(get("/api/v1/tracks/quota/" + user.id(), user))
                .path("quota")
                .path("used")
                .asLong(-1);
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode data(WebTestClient.ResponseSpec response) {
        response.expectStatus().isOk();
        return json(response).path("data");
    }
}
