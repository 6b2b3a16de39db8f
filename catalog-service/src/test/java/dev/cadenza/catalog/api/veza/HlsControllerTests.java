package dev.cadenza.catalog.api.veza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.TestAudio;
import dev.cadenza.platform.audio.AudioInfo;
import dev.cadenza.platform.audio.AudioSettings;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.RawReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

class HlsControllerTests extends VezaTests {

    private static final double SECONDS = 15.5;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256})
    void theSegmentsOfARungAreTheWholeTrack(int rung) throws Exception {
        String id = uploaded(ada, TestAudio.wav(SECONDS));
        String hls = "/api/v1/tracks/" + id + "/hls/";
        assertThat(text(hls + "master.m3u8", null)).contains("\n" + rung + "/index.m3u8\n");
        List<String> segments = segments(text(hls + rung + "/index.m3u8", null));
        assertThat(segments).containsExactly("0.m4s", "1.m4s", "2.m4s");

        assertPlays(hls + rung + "/", "", segments);
        // and once it is stored
        List<String> again = segments(text(hls + rung + "/index.m3u8", null));
        assertThat(again).isEqualTo(segments);
        assertPlays(hls + rung + "/", "", again);
    }

    @Test
    void manyWhoBeginAtOnceGetTheSameSegments() {
        String id = uploaded(ada, TestAudio.wav(SECONDS));
        List<byte[]> answers = IntStream.range(0, 12)
                .parallel()
                .mapToObj(i -> bytes("/api/v1/tracks/" + id + "/hls/128/" + i % 3 + ".m4s"))
                .toList();
        for (int i = 3; i < 12; i++) {
            assertThat(answers.get(i)).isEqualTo(answers.get(i % 3));
        }
    }

    @Test
    void aPrivateTrackPlaysForItsOwnerAndThroughTheAddressesThatHeWasGiven() throws Exception {
        String id = uploaded(ada, TestAudio.wav(SECONDS), "is_public", "false");
        String hls = "/api/v1/tracks/" + id + "/hls/";
        get(hls + "master.m3u8", null).expectStatus().isNotFound();
        get(hls + "master.m3u8", bob).expectStatus().isNotFound();
        String rung = text(hls + "master.m3u8", ada)
                .lines()
                .filter(line -> line.startsWith("128/"))
                .findFirst()
                .orElseThrow();
        String query = rung.substring(rung.indexOf('?'));
        List<String> segments = segments(text(hls + rung, null));
        assertThat(segments).allMatch(segment -> segment.endsWith(query));
        assertPlays(hls + "128/", query, segments);
        get(hls + "128/0.m4s", null).expectStatus().isNotFound();
        get(hls + "128/0.m4s" + query.substring(0, query.length() - 2), null)
                .expectStatus()
                .isNotFound();
        String other = uploaded(ada, TestAudio.wav(1), "is_public", "false");
        get("/api/v1/tracks/" + other + "/hls/128/0.m4s" + query, null)
                .expectStatus()
                .isNotFound();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "96/index.m3u8",
                "128/3.m4s",
                "128/999999.m4s",
                "128/9999999.m4s",
                "128/-1.m4s",
                "128/00.m4s",
                "128/x.m4s",
                "0/0.m4s",
                "128/other.mp4",
                "128"
            })
    void whatIsNotThereIsNotFound(String part) {
        String id = uploaded(ada, TestAudio.wav(SECONDS));
        assertError(get("/api/v1/tracks/" + id + "/hls/" + part, null), 404);
    }

    @Test
    void aDeletedTrackLeavesNoSegments() throws IOException {
        String id = uploaded(ada, TestAudio.wav(SECONDS));
        bytes("/api/v1/tracks/" + id + "/hls/64/2.m4s");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> objects().contains("renditions/" + id + "/hls-64.fragments"));
        delete("/api/v1/tracks/" + id, ada).expectStatus().isOk();
        assertThat(objects()).noneMatch(object -> object.contains(id));
    }

    private void assertPlays(String base, String query, List<String> segments) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(bytes(base + "init.mp4" + query));
        for (String segment : segments) {
            all.write(bytes(base + segment));
        }
        Path file = Files.write(folder.resolve("all.mp4"), all.toByteArray());
        Ffmpeg ffmpeg = Ffmpeg.open(AudioSettings.defaults());
        AudioInfo info = ffmpeg.probe(file);
        assertThat(info.codec()).isEqualTo("aac");
        assertThat(info.channels()).isEqualTo(2);
        Path raw = folder.resolve("raw");
        ffmpeg.decode(file, raw, 48_000, 2, Cancellation.NEVER);
        try (RawReader reader = RawReader.open(raw, 2)) {
            // the encoder begins with a frame of its own and ends with a whole one
            assertThat(reader.frames() / 48_000.0).isBetween(SECONDS - 0.001, SECONDS + 2 * 1024 / 48_000.0);
        }
    }

    private static List<String> segments(String playlist) {
        return playlist.lines().filter(line -> !line.startsWith("#")).toList();
    }

    private byte[] bytes(String uri) {
        EntityExchangeResult<byte[]> answer = client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("audio/mp4")
                .expectBody(byte[].class)
                .returnResult();
        return Objects.requireNonNull(answer.getResponseBody());
    }

    private String text(String uri, @Nullable User user) {
        return Objects.requireNonNull(client.get()
                .uri(uri)
                .headers(headers -> {
                    if (user != null) {
                        headers.setBearerAuth(user.token());
                    }
                })
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("application/vnd.apple.mpegurl")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
