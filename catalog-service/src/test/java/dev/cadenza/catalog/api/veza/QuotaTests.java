package dev.cadenza.catalog.api.veza;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.TestAudio;
import dev.cadenza.catalog.track.AudioFacts;
import dev.cadenza.catalog.track.Findings;
import dev.cadenza.catalog.track.LoudnessFacts;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Ids;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a user's tracks may take together holds, however many come at once. */
class QuotaTests extends VezaTests {

    private static final byte[] SONG = TestAudio.wav(0.25);
    private static final int FIT = 7;

    @Autowired
    Tracks tracks;

    @Autowired
    TrackSettings settings;

    private long taken;

    @BeforeEach
    void fill() {
        taken = settings.quota().toBytes() - FIT * (long) SONG.length - SONG.length / 2;
        Track track = Track.uploaded(
                        ada.id(),
                        ada.name(),
                        new TrackDetails("Everything", "Ada", null, null, null, false),
                        new AudioFacts("wav", "pcm_s16le", "audio/wav", 1, 44_100, 2, 1411, taken),
                        "etag",
                        Instant.now())
                .state()
                .measured(new Findings(new LoudnessFacts(null, 0, null), null, null, null, false), Instant.now())
                .state();
        tracks.add(Ids.next(), Change.of(track)).block();
    }

    @Test
    void ofFiftyUploadsAtOnceExactlyThoseSucceedThatFit() throws Exception {
        Set<String> before = objects();
        List<Result> results = together(50, () -> upload(ada, "song.wav", SONG));
        List<Result> made =
                results.stream().filter(result -> result.status() == 201).toList();
        assertThat(made).hasSize(FIT);
        assertRefused(results);

        Set<String> ids = made.stream()
                .map(result ->
                        result.body().path("data").path("track").path("id").asString())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(ids).hasSize(FIT);
        assertThat(added(before))
                .isEqualTo(ids.stream().map(id -> "tracks/" + id).collect(Collectors.toCollection(TreeSet::new)));
        assertThat(quota().path("used").asLong()).isEqualTo(taken + FIT * (long) SONG.length);
        assertThat(quota().path("remaining").asLong()).isEqualTo(SONG.length / 2);

        // what is deleted is free at once
        delete("/api/v1/tracks/" + ids.iterator().next(), ada).expectStatus().isOk();
        uploaded(ada, SONG);
        assertError(upload(ada, "song.wav", SONG), 413);
    }

    @Test
    void ofFiftyAnnouncementsAtOnceExactlyThoseSucceedThatFit() throws Exception {
        String announcement = "{\"filename\":\"song.wav\",\"total_chunks\":1,\"total_size\":" + SONG.length + "}";
        List<Result> results = together(50, () -> post("/api/v1/tracks/initiate", ada, announcement));
        assertThat(results).filteredOn(result -> result.status() == 200).hasSize(FIT);
        assertRefused(results);
        assertThat(quota().path("used").asLong()).isEqualTo(taken + FIT * (long) SONG.length);
        assertError(upload(ada, "song.wav", SONG), 413);
    }

    @Test
    void whatIsNoAudioTakesNoRoom() throws IOException {
        Set<String> before = objects();
        assertError(upload(ada, "song.wav", new byte[SONG.length]), 415);
        assertThat(added(before)).isEmpty();
        assertThat(quota().path("used").asLong()).isEqualTo(taken);
    }

    private static void assertRefused(List<Result> results) {
        assertThat(results).filteredOn(result -> result.status() >= 300).allSatisfy(result -> {
            assertThat(result.status()).isEqualTo(413);
            assertThat(result.body().path("success").asBoolean()).isFalse();
            assertThat(result.body().path("error").path("code").asString()).isEqualTo("UPLOAD_QUOTA_EXCEEDED");
            assertThat(result.body().path("error").path("message").asString()).contains("storage");
        });
    }

    private static Set<String> added(Set<String> before) throws IOException {
        Set<String> added = new TreeSet<>(objects());
        added.removeAll(before);
        return added;
    }

    private JsonNode quota() {
        return json(get("/api/v1/tracks/quota/" + ada.id(), ada)).path("data").path("quota");
    }

    private record Result(int status, JsonNode body) {}

    private static List<Result> together(int many, Supplier<WebTestClient.ResponseSpec> request) throws Exception {
        Callable<Result> one = () -> {
            EntityExchangeResult<byte[]> result = request.get().expectBody().returnResult();
            byte[] body = result.getResponseBody();
            return new Result(
                    result.getStatus().value(),
                    JsonMapper.shared().readTree(body == null ? new byte[] {'{', '}'} : body));
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Result>> running =
                    IntStream.range(0, many).mapToObj(i -> threads.submit(one)).toList();
            List<Result> results = new ArrayList<>();
            for (Future<Result> future : running) {
                results.add(future.get());
            }
            return results;
        }
    }
}
