package dev.cadenza.catalog.api.veza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.TestAudio;
import dev.cadenza.catalog.track.SweepTrackFiles;
import dev.cadenza.catalog.track.TrackExtras;
import dev.cadenza.catalog.track.TrackFiles;
import dev.cadenza.platform.core.Ids;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pictures and peaks of tracks: made after the upload, seen by whoever may see the track, gone with it. */
class TrackExtrasTests extends VezaTests {

    @Autowired
    TrackExtras extras;

    @Autowired
    TrackFiles files;

    @Autowired
    SweepTrackFiles sweep;

    @TempDir
    Path folder;

    @Test
    void thePictureInAFileIsShownInTwoSizes() throws IOException {
        JsonNode track = completed(ada, uploaded(ada, TestAudio.withPicture(TestAudio.png(1600, 1200))));
        String address = path(track.path("cover_url").asString());
        assertThat(address).isEqualTo("/media/artwork/" + track.path("id").asString());
        assertPicture(found(address, null), 1000, 750);
        assertPicture(found(address + "?size=small", null), 250, 188);
        get(address + "?size=huge", null).expectStatus().isBadRequest();
        get("/media/artwork/" + UUID.randomUUID(), null).expectStatus().isNotFound();
        get("/media/artwork/x", null).expectStatus().is4xxClientError();
    }

    @Test
    void aPictureIsNotSentAgainToWhoeverHasIt() {
        JsonNode track = completed(ada, uploaded(ada, TestAudio.withPicture(TestAudio.png(300, 300))));
        String address = path(track.path("cover_url").asString());
        HttpHeaders headers = found(address, null).getResponseHeaders();
        String etag = String.valueOf(headers.getETag());
        assertThat(etag).matches("\"[^\"]+\"");
        assertThat(headers.getCacheControl()).contains("public");
        assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        client.get()
                .uri(address)
                .header("If-None-Match", etag)
                .exchange()
                .expectStatus()
                .isNotModified();
        client.head().uri(address).exchange().expectStatus().isOk();
    }

    @Test
    void thePeaksAreWhatAudiowaveformWrites() {
        JsonNode track = completed(ada, uploaded(ada, TestAudio.wav(4)));
        String address = path(track.path("waveform_url").asString());
        for (String uri : List.of(address, "/api/v1/tracks/" + track.path("id").asString() + "/waveform")) {
            EntityExchangeResult<byte[]> answer = found(uri, null);
            assertThat(String.valueOf(answer.getResponseHeaders().getContentType()))
                    .startsWith("application/json");
            JsonNode peaks = JsonMapper.shared().readTree(bytes(answer));
            assertThat(peaks.properties().stream().map(Map.Entry::getKey))
                    .containsExactly(
                            "version", "channels", "sample_rate", "samples_per_pixel", "bits", "length", "data");
            assertThat(peaks.path("data")).hasSize(2 * peaks.path("length").asInt());
            assertThat(peaks.path("length").asInt()).isBetween(1000, 2000);
            // a tone of a quarter of full scale
            assertThat(peaks.path("data").get(200).asInt()).isBetween(-33, -28);
            assertThat(peaks.path("data").get(201).asInt()).isBetween(28, 33);
        }
        assertThat(track.path("cover_url").isNull()).isTrue();
        get("/media/artwork/" + track.path("id").asString(), null)
                .expectStatus()
                .isNotFound();
    }

    @Test
    void thoseOfAPrivateTrackAreForItsOwnerAndThroughAddressesThatHeWasGiven() {
        JsonNode track =
                completed(ada, uploaded(ada, TestAudio.withPicture(TestAudio.png(300, 300)), "is_public", "false"));
        String id = track.path("id").asString();
        for (String uri :
                List.of("/media/artwork/" + id, "/media/waveforms/" + id, "/api/v1/tracks/" + id + "/waveform")) {
            get(uri, null).expectStatus().isNotFound();
            get(uri, bob).expectStatus().isNotFound();
            assertThat(found(uri, ada).getResponseHeaders().getCacheControl())
                    .contains("private")
                    .doesNotContain("public");
        }
        for (String key : List.of("cover_url", "waveform_url")) {
            String address = path(track.path(key).asString());
            assertThat(address).contains("signature=");
            found(address, null);
            get(address.replaceFirst("signature=.", "signature=_"), null)
                    .expectStatus()
                    .isNotFound();
        }
    }

    @Test
    void whatTheOwnerSaysOfTempoAndPictureCounts() {
        JsonNode track = completed(
                ada,
                uploaded(
                        ada,
                        TestAudio.withPicture(TestAudio.png(300, 300)),
                        "bpm",
                        "99",
                        "key",
                        "C major",
                        "cover_url",
                        "https://example.com/c.jpg"));
        assertThat(track.path("bpm").asDouble()).isEqualTo(99);
        assertThat(track.path("key").asString()).isEqualTo("C major");
        assertThat(track.path("cover_url").asString()).isEqualTo("https://example.com/c.jpg");
    }

    @Test
    void aPictureThatCannotBeUsedIsNone() {
        for (byte[] picture : List.of(new byte[100], "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes())) {
            JsonNode track = completed(ada, uploaded(ada, TestAudio.withPicture(picture)));
            assertThat(track.path("status").asString()).isEqualTo("completed");
            assertThat(track.path("cover_url").isNull()).isTrue();
            assertThat(track.path("waveform_url").isNull()).isFalse();
        }
    }

    @Test
    void theyGoWithTheTrack() {
        String id = uploaded(ada, TestAudio.withPicture(TestAudio.png(300, 300)));
        completed(ada, id);
        UUID track = UUID.fromString(id);
        assertThat(there(track)).containsExactly(TrackExtras.Kind.values());
        delete("/api/v1/tracks/" + id, ada).expectStatus().isOk();
        await().atMost(Duration.ofSeconds(20)).until(() -> there(track).isEmpty());
    }

    @Test
    void whatADeathLeftIsFound() throws IOException {
        UUID gone = Ids.next();
        Path file = Files.writeString(folder.resolve("x"), "x");
        for (TrackExtras.Kind kind : TrackExtras.Kind.values()) {
            extras.store(gone, kind, file).block();
        }
        List<UUID> stored = files.storedBefore(Instant.now().plusSeconds(60))
                .filter(gone::equals)
                .collectList()
                .block();
        assertThat(stored).as("pictures and waveforms").hasSize(2);
        sweep.sweep().block();
        // young things may belong to somebody
        assertThat(there(gone)).hasSize(3);
        files.delete(gone).block();
        assertThat(there(gone)).isEmpty();
    }

    private List<TrackExtras.Kind> there(UUID track) {
        return List.of(TrackExtras.Kind.values()).stream()
                .filter(kind -> extras.find(track, kind).blockOptional().isPresent())
                .toList();
    }

    private EntityExchangeResult<byte[]> found(String uri, @Nullable User user) {
        return get(uri, user).expectStatus().isOk().expectBody(byte[].class).returnResult();
    }

    private static byte[] bytes(EntityExchangeResult<byte[]> answer) {
        byte[] body = answer.getResponseBody();
        return body == null ? new byte[0] : body;
    }

    private static void assertPicture(EntityExchangeResult<byte[]> answer, int width, int height) throws IOException {
        assertThat(answer.getResponseHeaders().getContentType()).hasToString("image/jpeg");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes(answer)));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
        assertThat(image.getRGB(5, 5) >> 16 & 0xFF).isGreaterThan(240);
        assertThat(image.getRGB(5, 5) & 0xFF).isLessThan(20);
    }

    private static String path(String address) {
        return address.replaceFirst("^http://localhost:8080", "");
    }
}
