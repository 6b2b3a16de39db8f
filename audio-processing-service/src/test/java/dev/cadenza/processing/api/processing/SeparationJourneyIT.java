package dev.cadenza.processing.api.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.audio.AudioInfo;
import dev.cadenza.platform.audio.AudioSettings;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.SampleFormat;
import dev.cadenza.platform.audio.UndecodableAudioException;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.platform.testing.TestKafka;
import dev.cadenza.processing.ProcessingIntegrationTest;
import dev.cadenza.processing.TestAudio;
import dev.cadenza.processing.file.SweepFiles;
import dev.cadenza.processing.separate.PcmAudio;
import dev.cadenza.processing.separate.Separator;
import dev.cadenza.processing.separate.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From upload to result and away, with a worker in a context of its own. */
class SeparationJourneyIT extends ProcessingTests {

    @TempDir
    Path folder;

    @Autowired
    ObjectStore store;

    @Autowired
    SweepFiles sweep;

    static Stream<Arguments> uploads() {
        return Stream.of(
                Arguments.of("wav 16", "song.wav", TestAudio.wav(3, SampleFormat.PCM16), "wav", "pcm_s16le"),
                Arguments.of("wav 24", "song.wav", TestAudio.wav(3, SampleFormat.PCM24), "wav", "pcm_s24le"),
                Arguments.of("wav float", "song.wav", TestAudio.wav(2, SampleFormat.FLOAT32), "wav", "pcm_f32le"),
                Arguments.of("flac 16", "song.flac", TestAudio.encoded(AudioFormat.FLAC, 16), "flac", "flac"),
                Arguments.of("flac 24", "song.flac", TestAudio.encoded(AudioFormat.FLAC, 24), "flac", "flac"),
                Arguments.of("mp3", "song.mp3", TestAudio.encoded(AudioFormat.MP3), "mp3", "mp3"),
                Arguments.of("m4a", "song.m4a", TestAudio.encoded(AudioFormat.M4A), "mp3", "mp3"),
                Arguments.of("ogg", "song.ogg", TestAudio.encoded(AudioFormat.OGG), "mp3", "mp3"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uploads")
    void bothPartsComeInTheFormatOfTheSongAndAddUpToIt(
            String what, String filename, byte[] song, String format, String codec)
            throws IOException, UndecodableAudioException {
        JsonNode row = ended(ada, uploaded(ada, filename, song));
        assertThat(row.path("status").asString()).isEqualTo("completed");
        assertThat(row.path("progress").asInt()).isEqualTo(100);
        assertThat(row.path("error_message").isNull()).isTrue();
        assertThat(row.path("processed_at").asString()).matches("\\d{4}-.*Z");
        assertThat(row.path("engine").asString()).isEqualTo("spectral");
        assertThat(row.path("engine_version").asString()).isNotBlank();
        assertThat(row.path("vocals_url").asString())
                .matches("/media/uploads/vocal_separation/vocals/\\d+/song_vocals\\." + format + "\\?.*");
        assertThat(row.path("instrumental_url").asString())
                .matches("/media/uploads/vocal_separation/instrumental/\\d+/song_instrumental\\." + format + "\\?.*");

        Ffmpeg ffmpeg = Ffmpeg.open(AudioSettings.defaults());
        Path original = Files.write(folder.resolve("original"), song);
        Path vocals = download(row, "vocals_url", AudioFormat.of(format).orElseThrow());
        Path rest = download(row, "instrumental_url", AudioFormat.of(format).orElseThrow());
        AudioInfo before = ffmpeg.probe(original);
        AudioInfo after = ffmpeg.probe(vocals);
        assertThat(after.codec()).isEqualTo(codec);
        assertThat(after.sampleRate()).isEqualTo(before.sampleRate());
        assertThat(after.channels()).isEqualTo(2);
        float[][] x = decoded(ffmpeg, original, before.sampleRate());
        float[][] v = decoded(ffmpeg, vocals, before.sampleRate());
        float[][] a = decoded(ffmpeg, rest, before.sampleRate());
        if (!format.equals("mp3")) {
            float[][] sum = Signals.sum(v, a);
            for (int c = 0; c < 2; c++) {
                assertThat(v[c]).hasSameSizeAs(x[c]);
                for (int i = 0; i < x[c].length; i++) {
                    // floats are subtracted with the rounding of floats
                    assertThat(sum[c][i]).isEqualTo(x[c][i], org.assertj.core.api.Assertions.within(1e-7f));
                }
            }
        } else {
            // MP3 knows frames of 1,152 samples; aligned to the sample all the same
            float[][] sum = Signals.sum(cut(v, x[0].length), cut(a, x[0].length));
            assertThat(Signals.siSdr(sum, x)).isGreaterThan(12);
        }
    }

    @Test
    void othersHearOfEveryStep() {
        long file = uploaded(ada, "heard.wav", TestAudio.wav(1, SampleFormat.PCM16));
        ended(ada, file);
        delete(file, ada).expectStatus().isOk();
        List<JsonNode> events = events(file, "processing.file.deleted");
        assertThat(events)
                .extracting(event -> event.path("type").asString())
                .containsExactly(
                        "processing.file.uploaded",
                        "processing.file.started",
                        "processing.file.completed",
                        "processing.file.deleted");
        assertThat(events)
                .extracting(event -> event.path("seq").asLong())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(events)
                .extracting(event -> event.path("data").path("status").asString())
                .containsExactly("pending", "processing", "completed", "deleted");
        JsonNode completed = events.get(2).path("data");
        assertThat(completed.path("ownerId").asString()).isEqualTo(ada.id().toString());
        assertThat(completed.path("service").asString()).isEqualTo("vocal");
        assertThat(completed.path("filename").asString()).isEqualTo("heard.wav");
        assertThat(completed.path("progress").asInt()).isEqualTo(100);
        assertThat(completed.path("engine").asString()).startsWith("spectral ");
        assertThat(completed.path("processedAt").isNull()).isFalse();
    }

    @Test
    void deletingAFileStopsItsEngineAndLeavesNothing() throws IOException {
        ProcessingIntegrationTest.Worker.running();
        Set<String> before = objects();
        long file = uploaded(ada, "long.wav", TestAudio.wav(240, SampleFormat.PCM16));
        Set<String> originals = objects();
        originals.removeAll(before);
        UUID id = originals.stream()
                .filter(key -> key.startsWith("originals/"))
                .map(key -> UUID.fromString(key.substring("originals/".length())))
                .findFirst()
                .orElseThrow();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> status(ada, file).path("progress").asInt() >= 6);
        assertThat(status(ada, file).path("status").asString()).isEqualTo("processing");
        delete(file, ada).expectStatus().isOk();
        assertError(get("/api/vocal/files/" + file + "/status/", ada), 404);
        // the worker is free for the next one, long before it could have been done with this
        JsonNode next = ended(bob, uploaded(bob, "next.wav", TestAudio.wav(1, SampleFormat.PCM16)));
        assertThat(next.path("status").asString()).isEqualTo("completed");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(objects()).noneMatch(key -> key.contains(id.toString())));
        assertThat(events(file, "processing.file.deleted"))
                .extracting(event -> event.path("type").asString())
                .doesNotContain("processing.file.completed", "processing.file.failed");
    }

    @Test
    void theSweepRemovesWhatACrashLeftAndNothingElse() throws IOException {
        long kept = uploaded(ada, "kept.wav", TestAudio.wav(1, SampleFormat.PCM16));
        JsonNode row = ended(ada, kept);
        Path file = Files.writeString(folder.resolve("orphan"), "orphan");
        UUID orphan = UUID.randomUUID();
        UUID late = UUID.randomUUID();
        store.put("processing/originals/" + orphan, file, "audio/wav").block();
        store.put("processing/jobs/" + late + "/1001/vocals.wav", file, "audio/wav")
                .block();
        store.put("processing/originals/no-id", file, "audio/wav").block();
        // S3 tells seconds, not more
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            sweep.sweep().block();
            assertThat(objects()).noneMatch(key -> key.contains(orphan.toString()) || key.contains(late.toString()));
        });
        assertThat(objects()).contains("originals/no-id");
        store.delete("processing/originals/no-id").block();
        get(row.path("original_url").asString(), null).expectStatus().isOk();
        get(row.path("vocals_url").asString(), null).expectStatus().isOk();
        get(row.path("instrumental_url").asString(), null).expectStatus().isOk();
    }

    @Test
    void theWorkerKnowsNoDatabase() {
        var worker = ProcessingIntegrationTest.Worker.running();
        assertThat(worker.getBeansOfType(com.mongodb.reactivestreams.client.MongoClient.class))
                .isEmpty();
        assertThat(worker.getBean(Separator.class).name()).isEqualTo("spectral");
    }

    @Test
    void aRealSongIsSeparated() throws IOException, UndecodableAudioException {
        Path song = Path.of("..", "..", "shared", "audio", "song", "audio_example.mp3");
        assumeTrue(Files.exists(song), "the real song is not here");
        JsonNode row = ended(ada, uploaded(ada, "audio_example.mp3", Files.readAllBytes(song)));
        assertThat(row.path("status").asString()).isEqualTo("completed");
        Ffmpeg ffmpeg = Ffmpeg.open(AudioSettings.defaults());
        float[][] x = decoded(ffmpeg, song, 44_100);
        float[][] v = decoded(ffmpeg, download(row, "vocals_url", AudioFormat.MP3), 44_100);
        float[][] a = decoded(ffmpeg, download(row, "instrumental_url", AudioFormat.MP3), 44_100);
        assertThat(Signals.rms(v)).isBetween(0.1 * Signals.rms(x), 0.9 * Signals.rms(x));
        assertThat(Signals.rms(a)).isBetween(0.3 * Signals.rms(x), 1.0 * Signals.rms(x));
        assertThat(Signals.siSdr(Signals.sum(cut(v, x[0].length), cut(a, x[0].length)), x))
                .isGreaterThan(15);
    }

    private Path download(JsonNode row, String url, AudioFormat format) throws IOException {
        byte[] bytes = get(row.path(url).asString(), null)
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(format.contentType())
                .expectHeader()
                .exists("ETag")
                .expectBody()
                .returnResult()
                .getResponseBody();
        return Files.write(folder.resolve(url), bytes == null ? new byte[0] : bytes);
    }

    private float[][] decoded(Ffmpeg ffmpeg, Path file, int sampleRate) throws IOException, UndecodableAudioException {
        Path raw = folder.resolve(file.getFileName() + ".f32");
        ffmpeg.decode(file, raw, sampleRate, 2, Cancellation.NEVER);
        return Signals.read(new PcmAudio(raw, sampleRate, 2, 32));
    }

    private static float[][] cut(float[][] sound, int length) {
        return new float[][] {java.util.Arrays.copyOf(sound[0], length), java.util.Arrays.copyOf(sound[1], length)};
    }

    /** All events of a file up to one of this type. */
    private static List<JsonNode> events(long number, String last) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                TestKafka.bootstrapServers(),
                "group.id",
                "test-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("processing.file.v1"));
            List<JsonNode> events = new ArrayList<>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
                    JsonNode event = JsonMapper.shared().readTree(message.value());
                    if (event.path("data").path("number").asLong() == number) {
                        events.add(event);
                    }
                }
                return events.stream()
                        .anyMatch(event -> event.path("type").asString().equals(last));
            });
            return events;
        }
    }
}
