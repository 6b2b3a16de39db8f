package dev.cadenza.catalog.api.veza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.TestAudio;
import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.testing.TestIssuer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;

class UploadControllerTests extends VezaTests {

    @ParameterizedTest
    @EnumSource(AudioFormat.class)
    void takesEveryFormatWhateverItsName(AudioFormat format) {
        WebTestClient.ResponseSpec response = upload(ada, "song.xyz", TestAudio.encoded(format));
        response.expectStatus().isCreated();
        JsonNode track = json(response).path("data").path("track");
        assertThat(UUID.fromString(track.path("id").asString())).isNotNull();
        assertThat(track.path("title").asString()).isEqualTo("Tägged");
        assertThat(track.path("artist").asString()).isEqualTo("The Tags");
        assertThat(track.path("album").asString()).isEqualTo("Labels");
        assertThat(track.path("genre").asString()).isEqualTo("Ambient");
        assertThat(track.path("year").asInt()).isEqualTo(2024);
        assertThat(track.path("status").asString()).isEqualTo("processing");
        assertThat(track.path("format").asString()).isEqualTo(format.word());
        assertThat(track.path("duration").asInt()).isEqualTo(3);
        assertThat(track.path("file_size").asLong()).isEqualTo(TestAudio.encoded(format).length);
        assertThat(track.path("is_public").asBoolean()).isTrue();
        assertThat(track.path("created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        JsonNode done = completed(ada, track.path("id").asString());
        assertThat(done.path("status").asString()).isEqualTo("completed");
        // a tone of amplitude 0.25: -12 dBFS in both channels, at 440 Hz a little below its level at 1 kHz
        assertThat(done.path("loudness").path("integrated").asDouble()).isCloseTo(-12.8, within(1.0));
    }

    @Test
    void takesWhatTheFormSaysBeforeWhatTheFileSays() {
        JsonNode track = json(upload(
                                ada,
                                "x.mp3",
                                TestAudio.encoded(AudioFormat.MP3),
                                "title",
                                "Mine",
                                "artist",
                                "Me",
                                "year",
                                "1999",
                                "is_public",
                                "false")
                        .expectStatus()
                        .isCreated())
                .path("data")
                .path("track");
        assertThat(track.path("title").asString()).isEqualTo("Mine");
        assertThat(track.path("artist").asString()).isEqualTo("Me");
        assertThat(track.path("year").asInt()).isEqualTo(1999);
        assertThat(track.path("is_public").asBoolean()).isFalse();
    }

    @Test
    void takesWhatIsSaidBeyondTheNameToo() {
        WebTestClient.ResponseSpec response = upload(
                ada,
                "x.mp3",
                TestAudio.encoded(AudioFormat.MP3),
                "description",
                "Words",
                "mood",
                "Calm",
                "tags",
                "summer, dance,,",
                "bpm",
                "99.5",
                "key",
                "C major",
                "cover_url",
                "https://example.com/a.jpg");
        JsonNode track = json(response.expectStatus().isCreated()).path("data").path("track");
        assertThat(track.path("description").asString()).isEqualTo("Words");
        assertThat(track.path("mood").asString()).isEqualTo("Calm");
        assertThat(track.path("tags")).extracting(JsonNode::asString).containsExactly("summer", "dance");
        assertThat(track.path("bpm").asDouble()).isEqualTo(99.5);
        assertThat(track.path("key").asString()).isEqualTo("C major");
        assertThat(track.path("cover_url").asString()).isEqualTo("https://example.com/a.jpg");
        for (String[] wrong : new String[][] {{"bpm", "fast"}, {"bpm", "NaN"}, {"tags", "x".repeat(51)}}) {
            assertError(upload(ada, "x.mp3", TestAudio.encoded(AudioFormat.MP3), wrong[0], wrong[1]), 422);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd.wav",
                "..\\..\\a\"b'c;<script>.wav",
                "ünï 音楽.wav",
                "",
                "..",
                "a\tb.wav",
                "%2e%2e%2fx.wav"
            })
    void anyNameIsHarmless(String name) throws IOException {
        Set<String> before = objects();
        WebTestClient.ResponseSpec response = uploadRaw(name, TestAudio.wav());
        if (name.isEmpty()) {
            // a part without a name is a field, not a file
            assertThat(response.returnResult(String.class).getStatus().value()).isIn(201, 400);
            return;
        }
        JsonNode track = json(response.expectStatus().isCreated()).path("data").path("track");
        assertThat(track.path("title").asString())
                .isNotBlank()
                .doesNotContain("/", "\\")
                .doesNotMatch(".*\\p{Cntrl}.*");
        assertThat(track.path("artist").asString()).isEqualTo("ada");
        Set<String> after = objects();
        after.removeAll(before);
        assertThat(after).containsExactly("tracks/" + track.path("id").asString());
        delete("/api/v1/tracks/" + track.path("id").asString(), ada)
                .expectStatus()
                .isOk();
    }

    static Stream<Arguments> badFiles() {
        byte[] mp3 = TestAudio.encoded(AudioFormat.MP3);
        byte[] noise = new byte[50_000];
        new Random(5).nextBytes(noise);
        return Stream.of(
                Arguments.of("a text named .mp3", "song.mp3", "I am not a song.".getBytes(StandardCharsets.UTF_8), 415),
                Arguments.of(
                        "a playlist named .mp3",
                        "song.mp3",
                        "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/secret\n".getBytes(StandardCharsets.UTF_8),
                        415),
                Arguments.of("noise", "song.flac", noise, 415),
                Arguments.of("an empty file", "song.mp3", new byte[0], 422),
                Arguments.of("half an mp3", "song.mp3", Arrays.copyOf(mp3, mp3.length / 2), 422),
                Arguments.of("the first bytes of an mp3", "song.mp3", Arrays.copyOf(mp3, 100), 422),
                Arguments.of("a wav header that claims hours", "song.wav", hours(), 422),
                Arguments.of("a wav of half its length", "song.wav", Arrays.copyOf(TestAudio.wav(4), 200_000), 422),
                Arguments.of(
                        "half a flac",
                        "song.flac",
                        Arrays.copyOf(
                                TestAudio.encoded(AudioFormat.FLAC), TestAudio.encoded(AudioFormat.FLAC).length / 2),
                        422),
                Arguments.of(
                        "half an m4a",
                        "song.m4a",
                        Arrays.copyOf(
                                TestAudio.encoded(AudioFormat.M4A), TestAudio.encoded(AudioFormat.M4A).length / 2),
                        422));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void refusesABadFileAndKeepsNothing(String what, String name, byte[] bytes, int status) throws IOException {
        Set<String> before = objects();
        assertError(upload(ada, name, bytes), status);
        assertThat(objects()).isEqualTo(before);
        assertThat(json(get("/api/v1/tracks?user_id=" + ada.id(), ada))
                        .path("data")
                        .path("pagination")
                        .path("total")
                        .asInt())
                .isZero();
    }

    @Test
    void refusesAFileOf101Megabytes() throws IOException {
        Set<String> before = objects();
        byte[] large = Arrays.copyOf(TestAudio.wav(), 101 * 1024 * 1024);
        assertError(upload(ada, "large.wav", large), 413);
        assertThat(objects()).isEqualTo(before);
    }

    @Test
    void refusesAFormWithoutAFile() {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("title", "Only a title");
        assertError(
                client.post()
                        .uri("/api/v1/tracks")
                        .headers(headers -> headers.setBearerAuth(ada.token()))
                        .body(BodyInserters.fromMultipartData(form.build()))
                        .exchange(),
                400);
    }

    @Test
    void refusesABodyThatIsNoForm() {
        assertError(
                client.post()
                        .uri("/api/v1/tracks")
                        .headers(headers -> headers.setBearerAuth(ada.token()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("{}")
                        .exchange(),
                415);
        assertError(
                client.post()
                        .uri("/api/v1/tracks")
                        .headers(headers -> headers.setBearerAuth(ada.token()))
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .bodyValue("this is no multipart")
                        .exchange(),
                400);
    }

    @Test
    void refusesWrongFieldsOfTheForm() throws IOException {
        Set<String> before = objects();
        assertError(upload(ada, "a.wav", TestAudio.wav(), "title", "x".repeat(201)), 422);
        assertError(upload(ada, "a.wav", TestAudio.wav(), "year", "soon"), 422);
        assertError(upload(ada, "a.wav", TestAudio.wav(), "is_public", "perhaps"), 422);
        assertThat(objects()).isEqualTo(before);
    }

    @Test
    void leavesNoPartOfAFormOnDisk() throws IOException {
        // larger than what is kept in memory
        byte[] large = new byte[1_000_000];
        upload(ada, "x.mp3", large, "year", "never").expectStatus().isEqualTo(422);
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("file", new ByteArrayResource(large)).filename("a.mp3");
        form.part("file", new ByteArrayResource(large)).filename("b.mp3");
        form.part("cover", new ByteArrayResource(large)).filename("c.png");
        client.post()
                .uri("/api/v1/tracks")
                .headers(headers -> headers.setBearerAuth(ada.token()))
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange()
                .expectStatus()
                .is4xxClientError();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            try (Stream<Path> parts = Files.walk(Path.of("target", "parts"))) {
                assertThat(parts.filter(Files::isRegularFile)).isEmpty();
            }
        });
    }

    @Test
    void refusesWhoeverHasNoValidToken() throws IOException {
        Set<String> before = objects();
        UUID id = UUID.randomUUID();
        for (String token : new String[] {
            TestIssuer.expired(id, "eve"),
            TestIssuer.foreignAudience(id, "eve"),
            TestIssuer.unsigned(id, "eve"),
            TestIssuer.forged(id, "eve"),
            "nonsense"
        }) {
            assertError(upload(new User(id, "eve", token), "a.wav", TestAudio.wav()), 401);
        }
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("file", new ByteArrayResource(TestAudio.wav())).filename("a.wav");
        assertError(
                client.post()
                        .uri("/api/v1/tracks")
                        .body(BodyInserters.fromMultipartData(form.build()))
                        .exchange(),
                401);
        assertThat(objects()).isEqualTo(before);
    }

    @Test
    void showsTheRoomThatIsLeft() {
        uploaded(ada, TestAudio.wav());
        JsonNode quota =
                json(get("/api/v1/tracks/quota/" + ada.id(), ada)).path("data").path("quota");
        assertThat(quota.path("used").asLong()).isEqualTo(TestAudio.wav().length);
        assertThat(quota.path("limit").asLong()).isEqualTo(1L << 30);
        assertThat(quota.path("remaining").asLong()).isEqualTo((1L << 30) - TestAudio.wav().length);
        assertThat(quota.path("percentage_used").isNumber()).isTrue();
        assertError(get("/api/v1/tracks/quota/" + ada.id(), bob), 404);
        get("/api/v1/tracks/quota/" + ada.id(), User.make("root", "admin"))
                .expectStatus()
                .isOk();
    }

    private WebTestClient.ResponseSpec uploadRaw(String filename, byte[] bytes) {
        // written by hand: a client library would quote the name
        byte[] head = ("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + filename.replace("\\", "\\\\").replace("\"", "\\\"")
                        + "\"\r\nContent-Type: audio/wav\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] body = ByteBuffer.allocate(head.length + bytes.length + tail.length)
                .put(head)
                .put(bytes)
                .put(tail)
                .array();
        return client.post()
                .uri("/api/v1/tracks")
                .headers(headers -> headers.setBearerAuth(ada.token()))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .bodyValue(body)
                .exchange();
    }

    private static byte[] hours() {
        byte[] header = Arrays.copyOf(TestAudio.wav(), 44);
        ByteBuffer.wrap(header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, 2_000_000_036)
                .putInt(40, 2_000_000_000);
        return header;
    }
}
