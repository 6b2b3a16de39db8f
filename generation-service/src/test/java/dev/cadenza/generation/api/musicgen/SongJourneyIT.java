package dev.cadenza.generation.api.musicgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.cadenza.generation.Worker;
import dev.cadenza.generation.render.Sounds;
import dev.cadenza.platform.audio.AudioInfo;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sound.midi.MidiSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.mongodb.autoconfigure.MongoReactiveAutoConfiguration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Jobs that a worker runs: through Kafka, with the real engine. */
class SongJourneyIT extends MusicgenTests {

    private static final String EVERYTHING = """
            {"prompt": "100 bpm D minor rock song with drums and bass",
             "parameters": {"duration": 30, "seed": 3, "audio_quality": "medium",
                            "output_formats": ["wav", "mp3", "flac", "ogg", "midi"]},
             "metadata": {"title": "AC/DC: \\"Live\\""}}
            """;

    @TempDir
    Path folder;

    @BeforeAll
    static void worker() {
        Worker.start();
    }

    @Test
    void aSongIsMadeShownAndDownloaded() throws Exception {
        String id = generated(ada, EVERYTHING);
        List<Integer> progress = new ArrayList<>();
        JsonNode done = await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            JsonNode data = status(ada, id);
                            progress.add(data.path("progress").asInt());
                            return data;
                        },
                        data -> !data.path("status").asString().matches("queued|processing"));
        assertThat(done.path("status").asString()).as(done.toString()).isEqualTo("completed");
        assertThat(progress).isSorted();
        assertThat(progress.stream().distinct().count()).isGreaterThan(2);
        assertThat(done.path("progress").asInt()).isEqualTo(100);
        assertThat(done.path("estimated_time_remaining").asInt()).isZero();
        assertThat(done.path("queue_position").asInt()).isZero();
        assertThat(done.path("started_at").asString()).isNotBlank();
        assertThat(done.path("completed_at").asString()).isNotBlank();
        assertThat(done.path("track_id").asString()).matches("track_[0-9a-f]{16}");
        assertThat(done.path("track_preview").path("formats_available").size()).isEqualTo(5);
        assertThat(done.path("track_preview").path("formats_processing").size()).isZero();
        for (String metric : List.of("melodic_coherence", "harmonic_consistency", "audio_quality")) {
            assertThat(done.path("quality_metrics").path(metric).asDouble()).isBetween(0.3, 1.0);
        }
        JsonNode result = done.path("result");
        assertThat(result.path("engine").asString()).isEqualTo("cadenza-composer");
        assertThat(result.path("engine_version").asString()).isEqualTo("1.0.0");
        assertThat(result.path("seed").asInt()).isEqualTo(3);
        assertThat(result.path("key").asString()).isEqualTo("D_minor");
        assertThat(result.path("tempo").asInt()).isEqualTo(100);
        assertThat(result.path("integrated_lufs").asDouble()).isCloseTo(-14, within(0.5));
        assertThat(result.path("true_peak_dbtp").asDouble()).isLessThanOrEqualTo(-1);

        for (JsonNode file : done.path("audio_files")) {
            String format = file.path("format").asString();
            // the signed address needs no token
            var response =
                    get(local(file.path("url").asString()), null).expectStatus().isOk();
            byte[] bytes = response.expectBody().returnResult().getResponseBody();
            assertThat(bytes).hasSize(file.path("size_bytes").asInt());
            if (format.equals("midi")) {
                assertThat(MidiSystem.getSequence(new ByteArrayInputStream(bytes))
                                .getTracks())
                        .hasSize(file.path("track_count").asInt());
            } else {
                Path downloaded = Files.write(folder.resolve("song." + format), bytes);
                AudioInfo info = Sounds.ffmpeg().probe(downloaded);
                assertThat(info.format()).isEqualTo(format);
                assertThat(info.durationSeconds()).isCloseTo(30, within(0.1));
                assertThat(info.sampleRate()).isEqualTo(file.path("sample_rate").asInt());
            }
        }
        rangesAndOwnership(done);
        JsonNode row = data(get("/v1/ai/generations?status=completed", ada))
                .path("generations")
                .get(0);
        assertThat(row.path("track_id").asString())
                .isEqualTo(done.path("track_id").asString());
        assertThat(row.path("preview_url").asString())
                .startsWith("https://music.example/v1/ai/tracks/")
                .contains("format=mp3");
        assertError(post("/v1/ai/generations/" + id + "/cancel", ada, null), 409);
        assertError(post("/v1/ai/generations/" + id + "/retry", ada, null), 409);
    }

    private void rangesAndOwnership(JsonNode done) {
        String path = "/v1/ai/tracks/" + done.path("track_id").asString() + "/download";
        WebTestClient.ResponseSpec part = client.get()
                .uri(path + "?format=mp3")
                .headers(headers -> {
                    headers.setBearerAuth(ada.token());
                    headers.set(HttpHeaders.RANGE, "bytes=100-199");
                })
                .exchange()
                .expectStatus()
                .isEqualTo(206)
                .expectHeader()
                .valueEquals("Content-Type", "audio/mpeg");
        assertThat(part.expectBody().returnResult().getResponseBody()).hasSize(100);
        client.method(HttpMethod.HEAD)
                .uri(path + "?format=wav")
                .headers(headers -> headers.setBearerAuth(ada.token()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Content-Length", Integer.toString(44 + 30 * 44_100 * 4))
                .expectBody()
                .returnResult();
        assertThat(get(path + "?format=flac", ada)
                        .expectBody()
                        .returnResult()
                        .getResponseHeaders()
                        .getContentDisposition()
                        .getFilename())
                .isEqualTo("AC DC Live.flac");
        get(path, ada)
                .expectHeader()
                .valueEquals("Content-Type", "audio/mpeg")
                .expectBody()
                .returnResult();
        assertError(get(path + "?format=mp3", bob), 404);
        assertError(get(path + "?format=mp3", null), 401);
        assertError(get(path + "?format=exe", ada), 400);
        assertError(get(path + "?format=mp3&stem=drums", ada), 404);
        String signed = local(done.path("audio_files").get(1).path("url").asString());
        assertError(get(signed.replace("format=mp3", "format=flac"), null), 401);
        assertError(get(signed.replaceAll("expires=\\d", "expires=9"), null), 401);
        assertError(get(signed.replaceAll("track_[0-9a-f]+", "track_0000000000000000"), null), 401);
        assertError(get("/v1/ai/tracks/track_0000000000000000/download", ada), 404);
    }

    @Test
    void theSameSeedMakesTheSameSongAgain() {
        String body = """
                {"prompt": "calm ambient piano",
                 "parameters": {"duration": 30, "seed": 5, "output_formats": ["midi", "wav"], "audio_quality": "low"}}
                """;
        byte[] first = wav(finished(ada, generated(ada, body)));
        byte[] second = wav(finished(bob, generated(bob, body)));
        assertThat(Arrays.mismatch(first, second)).isEqualTo(-1);
    }

    private byte[] wav(JsonNode done) {
        String url = done.path("audio_files").get(1).path("url").asString();
        byte[] bytes = get(local(url), null)
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return bytes == null ? new byte[0] : bytes;
    }

    @Test
    void aRunningSongStopsWhenItIsCalledOffAndLeavesNothing() {
        String id = generated(
                ada, "{\"prompt\":\"techno\",\"parameters\":{\"duration\":600,\"audio_quality\":\"studio\"}}");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> status(ada, id).path("status").asString().equals("processing"));
        assertThat(data(post("/v1/ai/generations/" + id + "/cancel", ada, null)
                                .expectStatus()
                                .isOk())
                        .path("previous_status")
                        .asString())
                .isEqualTo("processing");
        // the worker is free again at once: the next song is made although the cancelled one would have taken minutes
        assertThat(finished(
                                bob,
                                generated(
                                        bob,
                                        "{\"prompt\":\"folk\",\"parameters\":{\"duration\":30,\"output_formats\":[\"midi\"]}}"))
                        .path("status")
                        .asString())
                .isEqualTo("completed");
        JsonNode cancelled = status(ada, id);
        assertThat(cancelled.path("status").asString()).isEqualTo("cancelled");
        assertThat(cancelled.has("audio_files")).isFalse();
    }

    @Test
    void aWorkerKnowsNoDatabaseAndAnswersForItsHealthOnly() {
        var worker = Worker.start();
        assertThat(worker.getBeanNamesForType(MongoReactiveAutoConfiguration.class))
                .isEmpty();
        String port = worker.getEnvironment().getProperty("local.server.port");
        WebTestClient own =
                WebTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
        own.get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult();
        own.get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult();
        own.get()
                .uri("/v1/ai/models")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .returnResult();
    }

    private static String local(String url) {
        assertThat(url).startsWith("https://music.example/");
        URI address = URI.create(url);
        return address.getRawPath() + "?" + address.getRawQuery();
    }
}
