package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The main job of the platform, as people and partner apps do it. */
class JourneyE2E {

    private final Platform platform = Platform.get();

    @Test
    void aPersonRegistersReadsTheMailVerifiesAndLogsIn() {
        Account ann = Account.register(platform);
        String token = ann.verificationToken(platform);

        platform.anonymous()
                .send("POST", "/api/v1/auth/verify-email?token=" + token, BodyPublishers.noBody())
                .expect(200);
        platform.anonymous()
                .send("POST", "/api/v1/auth/verify-email?token=" + token, BodyPublishers.noBody())
                .expect(400);
        JsonNode login = platform.anonymous()
                .post("/api/v1/auth/login", Map.of("email", ann.email(), "password", ann.password()))
                .expect(200)
                .data();
        JsonNode me = platform.anonymous()
                .as(login.path("token").path("access_token").asString())
                .get("/api/v1/auth/me")
                .expect(200)
                .data();
        assertThat(me.path("id").asString()).isEqualTo(ann.id());
        assertThat(me.path("username").asString()).isEqualTo(ann.username());
        assertThat(me.path("role").asString()).isEqualTo("user");
        platform.anonymous()
                .post("/api/v1/auth/login", Map.of("email", ann.email(), "password", "not it"))
                .expect(401);
    }

    @Test
    void anUploadIsProbedAndStreamsTheSameBytesWholeAndInParts() {
        Account ann = Account.register(platform);
        byte[] wav = Sounds.song(6);
        String id = ann.uploadedTrack(wav, "Six seconds");

        JsonNode track =
                ann.api().get("/api/v1/tracks/" + id).expect(200).data().path("track");
        assertThat(track.path("duration").asInt()).isEqualTo(6);
        assertThat(track.path("format").asString()).isEqualTo("wav");
        assertThat(track.path("file_size").asLong()).isEqualTo(wav.length);

        Api.Answer whole =
                platform.anonymous().get("/api/v1/tracks/" + id + "/download").expect(200);
        assertThat(whole.bytes()).isEqualTo(wav);
        Api.Answer part = platform.anonymous()
                .get("/api/v1/tracks/" + id + "/download", "Range", "bytes=1000-1999")
                .expect(206);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(wav, 1000, 2000));
        assertThat(part.header("Content-Range")).isEqualTo("bytes 1000-1999/" + wav.length);
        String etag = whole.header("ETag");
        assertThat(etag).isNotNull();
        platform.anonymous()
                .get("/api/v1/tracks/" + id + "/download", "If-None-Match", etag)
                .expect(304);
        platform.anonymous()
                .get("/api/v1/tracks/" + id + "/download", "Range", "bytes=" + wav.length + "-")
                .expect(416);
    }

    @Test
    void aTrackIsFoundLikedCommentedAndCollected() {
        Account ann = Account.register(platform);
        Account bob = Account.register(platform);
        String title = "Zephyr " + ann.username();
        String id = ann.uploadedTrack(Sounds.song(2), title);

        JsonNode found = platform.anonymous()
                .get("/api/v1/tracks/search?q=zephyr%20" + ann.username())
                .expect(200)
                .json();
        assertThat(found.path("tracks").get(0).path("id").asString()).isEqualTo(id);

        bob.api().post("/api/v1/tracks/" + id + "/like", Map.of()).expect(200);
        bob.api().post("/api/v1/tracks/" + id + "/like", Map.of()).expect(200);
        JsonNode likes = platform.anonymous()
                .get("/api/v1/tracks/" + id + "/likes")
                .expect(200)
                .data();
        assertThat(likes.path("total").asInt()).isEqualTo(1);
        assertThat(likes.path("likes").get(0).path("username").asString()).isEqualTo(bob.username());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ann.api()
                                .get("/api/v1/tracks/" + id)
                                .expect(200)
                                .data()
                                .path("track")
                                .path("like_count")
                                .asInt()
                        == 1);

        bob.api()
                .post("/api/v1/tracks/" + id + "/comments", Map.of("content", "Lovely <b>wind</b> & strings"))
                .expect(201);
        assertThat(platform.anonymous()
                        .get("/api/v1/tracks/" + id + "/comments")
                        .expect(200)
                        .data()
                        .path("comments")
                        .get(0)
                        .path("content")
                        .asString())
                .isEqualTo("Lovely <b>wind</b> & strings");

        String playlist = bob.api()
                .post("/api/v1/playlists", Map.of("title", "Winds", "description", "", "is_public", true))
                .expect(201)
                .data()
                .path("playlist")
                .path("id")
                .asString();
        bob.api()
                .post("/api/v1/playlists/" + playlist + "/tracks", Map.of("track_id", id))
                .expect(200);
        JsonNode shown = ann.api()
                .get("/api/v1/playlists/" + playlist)
                .expect(200)
                .data()
                .path("playlist");
        assertThat(shown.path("track_count").asInt()).isEqualTo(1);
        assertThat(shown.path("tracks").get(0).path("title").asString()).isEqualTo(title);
        assertThat(shown.path("tracks").get(0).path("position").asInt()).isEqualTo(1);
    }

    @Test
    void aPrivateTrackIsNobodyElsesBusiness() {
        Account ann = Account.register(platform);
        Account bob = Account.register(platform);
        String id = ann.uploadedTrack(Sounds.song(1), "Secret " + ann.username());
        ann.api().put("/api/v1/tracks/" + id, Map.of("is_public", false)).expect(200);

        for (Api other : List.of(platform.anonymous(), bob.api())) {
            other.get("/api/v1/tracks/" + id).expect(404);
            other.get("/api/v1/tracks/" + id + "/download").expect(404);
            assertThat(other.get("/api/v1/tracks/search?q=" + ann.username())
                            .expect(200)
                            .json()
                            .path("tracks"))
                    .isEmpty();
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> bob.api()
                                .post("/api/v1/tracks/" + id + "/like", Map.of())
                                .status()
                        == 404);
        bob.api().put("/api/v1/tracks/" + id, Map.of("title", "Mine")).expect(404);
        bob.api().delete("/api/v1/tracks/" + id).expect(404);
        ann.api().get("/api/v1/tracks/" + id + "/download").expect(200);
    }

    @Test
    void aSongIsGeneratedFromAPrompt() {
        Account ann = Account.register(platform);
        JsonNode started = ann.api()
                .post(
                        "/v1/ai/generate",
                        Map.of(
                                "parameters",
                                Map.of(
                                        "prompt",
                                        "driving rock with drums and bass",
                                        "tempo",
                                        120,
                                        "key",
                                        "E_minor",
                                        "duration",
                                        30,
                                        "output_formats",
                                        List.of("wav", "mp3", "midi")),
                                "metadata",
                                Map.of("title", "Thirty seconds")))
                .expect(202)
                .data();
        String id = started.path("generation_id").asString();
        assertThat(id).matches("gen_[0-9a-f]{16}");

        List<Integer> seen = new ArrayList<>();
        JsonNode done = await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            JsonNode status = ann.api()
                                    .get("/v1/ai/generations/" + id)
                                    .expect(200)
                                    .data();
                            seen.add(status.path("progress").asInt());
                            return status;
                        },
                        status -> List.of("completed", "failed")
                                .contains(status.path("status").asString()));
        assertThat(done.path("status").asString()).isEqualTo("completed");
        assertThat(seen).as("progress").isSorted().endsWith(100);

        JsonNode result = done.path("result");
        assertThat(result.path("tempo").asInt()).isEqualTo(120);
        assertThat(result.path("key").asString()).isEqualTo("E_minor");
        List<String> formats = new ArrayList<>();
        for (JsonNode file : done.path("audio_files")) {
            String format = file.path("format").asString();
            formats.add(format);
            byte[] bytes =
                    ann.api().get(file.path("url").asString()).expect(200).bytes();
            assertThat((long) bytes.length).isEqualTo(file.path("size_bytes").asLong());
            switch (format) {
                case "wav" -> assertThat(Sounds.seconds(bytes)).isBetween(29.8, 30.2);
                case "midi" ->
                    assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII))
                            .isEqualTo("MThd");
                default -> assertThat(bytes.length).isGreaterThan(100_000);
            }
        }
        assertThat(formats).contains("wav", "mp3", "midi");
        Account bob = Account.register(platform);
        bob.api().get("/v1/ai/generations/" + id).expect(404);
    }

    @Test
    void aSongIsSeparatedIntoVocalsAndAccompanimentThatAreSampleAligned() {
        Account ann = Account.register(platform);
        byte[] wav = Sounds.song(8);
        JsonNode started = ann.api()
                .upload("/api/vocal/separate/", "audio_file", "song.wav", wav, Map.of())
                .expect(200)
                .json();
        assertThat(started.path("status").asString()).isEqualTo("success");
        long id = started.path("file_id").asLong();

        JsonNode done = await().atMost(Duration.ofSeconds(120))
                .until(
                        () -> ann.api()
                                .get("/api/vocal/files/" + id + "/status/")
                                .expect(200)
                                .json(),
                        status -> List.of("completed", "error")
                                .contains(status.path("status").asString()));
        assertThat(done.path("status").asString()).isEqualTo("completed");
        byte[] vocals =
                ann.api().get(done.path("vocals_url").asString()).expect(200).bytes();
        byte[] instrumental = ann.api()
                .get(done.path("instrumental_url").asString())
                .expect(200)
                .bytes();
        assertThat(Sounds.frames(vocals)).isEqualTo(Sounds.frames(wav));
        assertThat(Sounds.frames(instrumental)).isEqualTo(Sounds.frames(wav));
        assertThat(vocals).isNotEqualTo(instrumental);

        Account bob = Account.register(platform);
        bob.api().get("/api/vocal/files/" + id + "/status/").expect(404);
        ann.api().delete("/api/vocal/files/" + id + "/delete/").expect(200);
        ann.api().get("/api/vocal/files/" + id + "/status/").expect(404);
    }

    @Test
    void aPartnerGetsSignedEventsOfTracksGenerationsAndSeparations() throws Exception {
        Account ann = Account.register(platform);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.subscribe(ann, "track.uploaded", "generation.completed", "processing.completed");
            String track = ann.uploadedTrack(Sounds.song(1), "Announced");
            ann.api()
                    .post(
                            "/v1/ai/generate",
                            Map.of("parameters", Map.of("prompt", "calm ambient piano", "duration", 30)))
                    .expect(202);
            ann.api()
                    .upload("/api/vocal/separate/", "audio_file", "song.wav", Sounds.song(2), Map.of())
                    .expect(200);

            await().atMost(Duration.ofSeconds(120))
                    .untilAsserted(() -> assertThat(receiver.deliveries())
                            .extracting(WebhookReceiver.Delivery::type)
                            .contains("track.uploaded", "generation.completed", "processing.completed"));
            assertThat(receiver.deliveries()).allMatch(WebhookReceiver.Delivery::genuine);
            assertThat(receiver.deliveries())
                    .extracting(WebhookReceiver.Delivery::id)
                    .doesNotHaveDuplicates();
            assertThat(receiver.deliveries())
                    .filteredOn(delivery -> delivery.type().equals("track.uploaded"))
                    .singleElement()
                    .satisfies(
                            delivery -> assertThat(delivery.body().toString()).contains(track));
        }
    }

    @Test
    void listeningIsCountedOnceHoweverManyPartsAreFetched() {
        Account ann = Account.register(platform);
        String id = ann.uploadedTrack(Sounds.song(3), "Counted");
        Account bob = Account.register(platform);
        bob.api()
                .get("/api/v1/tracks/" + id + "/stream", "Range", "bytes=0-9999")
                .expect(206);
        bob.api()
                .get("/api/v1/tracks/" + id + "/stream", "Range", "bytes=10000-19999")
                .expect(206);
        bob.api()
                .get("/api/v1/tracks/" + id + "/stream", "Range", "bytes=20000-")
                .expect(206);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode stats = platform.anonymous()
                    .get("/api/v1/tracks/" + id + "/stats")
                    .expect(200)
                    .data()
                    .path("stats");
            assertThat(stats.path("total_plays").asInt()).isEqualTo(1);
            assertThat(stats.path("unique_listeners").asInt()).isEqualTo(1);
        });
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ann.api()
                                .get("/api/v1/tracks/" + id)
                                .expect(200)
                                .data()
                                .path("track")
                                .path("play_count")
                                .asInt()
                        == 1);
    }
}
