package dev.cadenza.processing.api.processing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.audio.SampleFormat;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.processing.TestAudio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;

class VocalControllerTests extends ProcessingTests {

    private static final byte[] SHORT = TestAudio.wav(0.5, SampleFormat.PCM16);

    @Test
    void anUploadIsAnsweredAsDocumented() {
        String answer = upload(ada, "song.mp3", SHORT)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        DocumentedJson.assertShape(answer, """
                {"status": "success", "message": "Vocal separation started", "file_id": 456,
                 "id": 456, "original_filename": "song.mp3", "uploaded_at": "2024-11-13T12:00:00Z"}""");
        assertThat(answer).contains("\"success\"", "\"Vocal separation started\"", "\"song.mp3\"");
    }

    @Test
    void aNewFileIsListedAndShownAsDocumented() {
        long file = uploaded(ada, "song.mp3", SHORT);
        String list = get("/api/vocal/files/", ada)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        DocumentedJson.assertShape(list, """
                {"files": [{"id": 456, "filename": "song.mp3", "status": "pending",
                 "original_url": "/media/uploads/vocal_separation/original/song.mp3",
                 "vocals_url": null, "instrumental_url": null, "denoised_file_url": null, "boosted_file_url": null,
                 "original_filename": "song.mp3", "original_file_url": "/media/x", "progress": 0,
                 "uploaded_at": "2024-11-13T12:00:00Z", "processed_at": null, "error_message": null}]}""");
        String status = get("/api/vocal/files/" + file + "/status/", ada)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        DocumentedJson.assertShape(status, """
                {"id": 456, "filename": "song.mp3", "status": "processing", "progress": 75,
                 "original_url": "/media/uploads/vocal_separation/original/song.mp3"}""");
        assertThat(status).contains("\"vocals_url\"", "\"instrumental_url\"");
    }

    @Test
    void listsOnlyTheCallersOwnNewestFirst() {
        long first = uploaded(ada, "a.wav", SHORT);
        long second = uploaded(ada, "b.wav", SHORT);
        uploaded(bob, "c.wav", SHORT);
        JsonNode files = json(get("/api/vocal/files/", ada)).path("files");
        assertThat(files.size()).isEqualTo(2);
        assertThat(files.get(0).path("id").asLong()).isEqualTo(second);
        assertThat(files.get(1).path("id").asLong()).isEqualTo(first);
        assertThat(json(get("/api/vocal/files/", User.make("new")))
                        .path("files")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void everyPathWorksWithoutItsLastSlash() {
        long file = json(upload(ada, "/api/vocal/separate", "file", "x.wav", SHORT)
                        .expectStatus()
                        .isOk())
                .path("file_id")
                .asLong();
        get("/api/vocal/files", ada).expectStatus().isOk();
        get("/api/vocal/files/" + file + "/status", ada).expectStatus().isOk();
        client.delete()
                .uri("/api/vocal/files/" + file + "/delete")
                .headers(headers -> headers.setBearerAuth(ada.token()))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void somebodyElsesFileIsNotThere() throws IOException {
        long file = uploaded(ada, "mine.wav", SHORT);
        Set<String> before = objects();
        assertError(get("/api/vocal/files/" + file + "/status/", bob), 404);
        assertError(delete(file, bob), 404);
        assertThat(objects()).containsAll(before);
        status(ada, file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "0", "-1", "abc", "99999999999999999999999", "1.5"})
    void whatIsNoIdIsNotThere(String id) {
        assertError(get("/api/vocal/files/" + id + "/status/", ada), 404);
    }

    @Test
    void aDeletedFileIsGoneWithItsBytes() throws IOException {
        Set<String> before = objects();
        long file = uploaded(ada, "gone.wav", SHORT);
        JsonNode answer = json(delete(file, ada).expectStatus().isOk());
        assertThat(answer.toString()).isEqualTo("{\"status\":\"success\"}");
        assertError(get("/api/vocal/files/" + file + "/status/", ada), 404);
        assertError(delete(file, ada), 404);
        assertThat(json(get("/api/vocal/files/", ada)).path("files").isEmpty()).isTrue();
        Set<String> after = objects();
        after.removeAll(before);
        assertThat(after).noneMatch(key -> key.startsWith("originals/"));
    }

    static Stream<Arguments> badFiles() {
        byte[] mp3 = TestAudio.encoded(AudioFormat.MP3);
        byte[] flac = TestAudio.encoded(AudioFormat.FLAC);
        byte[] noise = new byte[50_000];
        new Random(5).nextBytes(noise);
        byte[] hours = Arrays.copyOf(SHORT, 44);
        ByteBuffer.wrap(hours)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, 2_000_000_036)
                .putInt(40, 2_000_000_000);
        return Stream.of(
                Arguments.of("a text named .mp3", "song.mp3", "I am not a song.".getBytes(StandardCharsets.UTF_8), 415),
                Arguments.of("a page named .wav", "a.wav", "<html>".repeat(99).getBytes(StandardCharsets.UTF_8), 415),
                Arguments.of("noise", "song.flac", noise, 415),
                Arguments.of("an empty file", "song.mp3", new byte[0], 400),
                Arguments.of("half an mp3", "song.mp3", Arrays.copyOf(mp3, mp3.length / 2), 400),
                Arguments.of("half a flac", "song.flac", Arrays.copyOf(flac, flac.length / 2), 400),
                Arguments.of("a wav header that claims hours", "song.wav", hours, 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void refusesABadFileAndKeepsNothing(String what, String name, byte[] bytes, int status) throws IOException {
        Set<String> before = originals();
        assertError(upload(ada, name, bytes), status);
        assertThat(originals()).isEqualTo(before);
        assertThat(json(get("/api/vocal/files/", ada)).path("files").isEmpty()).isTrue();
    }

    @Test
    void refusesAFileOf101Megabytes() throws IOException {
        Set<String> before = originals();
        assertError(upload(ada, "large.wav", Arrays.copyOf(SHORT, 101 * 1024 * 1024)), 413);
        assertThat(originals()).isEqualTo(before);
    }

    @Test
    void saysThatThereIsNoFileWhateverElseIsSent() {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("audio_file", "only a text");
        form.part("other", new ByteArrayResource(SHORT)).filename("x.wav");
        for (var body : new Object[] {form.build(), "{}"}) {
            var request =
                    client.post().uri("/api/vocal/separate/").headers(headers -> headers.setBearerAuth(ada.token()));
            JsonNode answer = json((body instanceof String text
                            ? request.contentType(MediaType.APPLICATION_JSON).bodyValue(text)
                            : request.body(BodyInserters.fromMultipartData(form.build())))
                    .exchange()
                    .expectStatus()
                    .isBadRequest());
            assertThat(answer.toString()).isEqualTo("{\"error\":\"No file provided\"}");
        }
    }

    @Test
    void aBodyThatIsNoFormAfterAllIsRefused() {
        assertError(
                client.post()
                        .uri("/api/vocal/separate/")
                        .headers(headers -> headers.setBearerAuth(ada.token()))
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .bodyValue("this is no multipart")
                        .exchange(),
                400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd.wav",
                "..\\..\\a\"b'c;<script>.wav",
                "ünï 音楽.wav",
                "..",
                "a\tb.wav",
                "%2e%2e%2fx.wav",
                "a?b#c&d=e+f.wav"
            })
    void anyNameIsHarmlessAndItsAddressWorks(String name) {
        long file = uploaded(ada, name, SHORT);
        JsonNode row = status(ada, file);
        assertThat(row.path("filename").asString())
                .isNotBlank()
                .doesNotContain("/", "\\")
                .doesNotMatch(".*\\p{Cntrl}.*");
        byte[] bytes = get(row.path("original_url").asString(), null)
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        assertThat(bytes).isEqualTo(SHORT);
    }

    @Test
    void refusesWhoeverHasNoValidToken() throws IOException {
        Set<String> before = originals();
        UUID id = UUID.randomUUID();
        for (String token : new String[] {
            TestIssuer.expired(id, "eve"),
            TestIssuer.foreignAudience(id, "eve"),
            TestIssuer.unsigned(id, "eve"),
            TestIssuer.forged(id, "eve"),
            "nonsense"
        }) {
            assertDetail(
                    upload(new User(id, "eve", token), "a.wav", SHORT),
                    401,
                    "Authentication credentials were not provided.");
        }
        assertDetail(upload(null, "a.wav", SHORT), 401, "Authentication credentials were not provided.");
        assertDetail(get("/api/vocal/files/", null), 401, "Authentication credentials were not provided.");
        assertDetail(delete(1, null), 401, "Authentication credentials were not provided.");
        assertThat(originals()).isEqualTo(before);
    }

    @Test
    void unknownRoutesAndMethodsAnswerInTheDialect() {
        assertDetail(get("/api/vocal/nothing/", ada), 404, "Not found.");
        assertDetail(get("/api/denoise/files/", ada), 404, "Not found.");
        assertDetail(get("/api/vocal/separate/", ada), 405, "Method \"GET\" not allowed.");
    }

    private static Set<String> originals() throws IOException {
        Set<String> all = objects();
        all.removeIf(key -> !key.startsWith("originals/"));
        return all;
    }
}
