package dev.cadenza.catalog.api.veza;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.StoreFaults;
import dev.cadenza.catalog.TestAudio;
import dev.cadenza.catalog.track.Making;
import dev.cadenza.catalog.track.TrackFiles;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.catalog.upload.Chunks;
import dev.cadenza.catalog.upload.UploadSessions;
import dev.cadenza.catalog.upload.UploadSettings;
import dev.cadenza.catalog.upload.Uploading;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;

/** Uploads while the object store is away: nothing is half done, everything can be done again. */
class StoreAwayTests extends VezaTests {

    private static final byte[] SONG = TestAudio.wav();
    private static final int CHUNKS = 2;

    @Autowired
    StoreFaults store;

    @Autowired
    Tracks tracks;

    @Autowired
    TrackFiles files;

    @Autowired
    TrackSettings trackSettings;

    @Autowired
    UploadSessions sessions;

    @Autowired
    Chunks chunks;

    @Autowired
    UploadSettings settings;

    @Test
    void aWholeFileThatCannotBeStoredLeavesNothing() throws IOException {
        Set<String> before = objects();
        store.whileAway(asked -> true, () -> assertUnavailable(upload(ada, "a.wav", SONG)));
        assertThat(used()).isZero();
        assertThat(songs()).isZero();
        assertThat(added(before)).isEmpty();
        uploaded(ada, SONG);
    }

    @Test
    void aWholeFileOfWhoseStoringNobodyHeardIsSwept() throws IOException {
        Set<String> before = objects();
        store.whileSilent(asked -> asked.startsWith("put "), () -> assertUnavailable(upload(ada, "a.wav", SONG)));
        assertThat(used()).isZero();
        assertThat(songs()).isZero();
        assertThat(added(before)).hasSize(1);
        sweep();
        assertThat(added(before)).isEmpty();
    }

    @Test
    void anUploadCanBeAnnouncedAndAskedForWhileTheStoreIsAway() {
        store.whileAway(asked -> true, () -> {
            String id = initiated();
            assertThat(resumed(id)).isEqualTo("[]");
            delete("/api/v1/tracks/" + id, ada).expectStatus().isOk();
        });
        assertThat(used()).isZero();
    }

    @Test
    void aChunkThatCannotBeStoredComesAgain() throws IOException {
        String id = initiated();
        chunk(id, 1).expectStatus().isOk();
        store.whileAway(asked -> asked.startsWith("put "), () -> {
            assertUnavailable(chunk(id, 2));
            // one that was there may be half replaced: it is not counted until it came again
            assertUnavailable(chunk(id, 1));
        });
        assertThat(resumed(id)).isEqualTo("[]");
        chunk(id, 1).expectStatus().isOk();
        assertThat(resumed(id)).isEqualTo("[1]");
        chunk(id, 2).expectStatus().isOk();
        assertCompletes(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list catalog/uploads/",
                "read catalog/uploads/",
                "put catalog/tracks/",
                "silent put catalog/tracks/"
            })
    void anUploadThatCannotBeCompletedCanBeResumed(String step) throws IOException {
        String id = initiated();
        chunk(id, 1).expectStatus().isOk();
        chunk(id, 2).expectStatus().isOk();
        Runnable completing = () -> assertUnavailable(complete(id));
        if (step.startsWith("silent ")) {
            store.whileSilent(asked -> asked.startsWith(step.substring(7)), completing);
        } else {
            store.whileAway(asked -> asked.startsWith(step), completing);
        }
        assertThat(resumed(id)).isEqualTo("[1,2]");
        assertThat(used()).isEqualTo(SONG.length);
        assertThat(songs()).isZero();
        // chunks may still be replaced
        chunk(id, 2).expectStatus().isOk();
        assertCompletes(id);
    }

    @Test
    void chunksThatCannotBeDeletedAreSwept() throws IOException {
        String id = initiated();
        chunk(id, 1).expectStatus().isOk();
        chunk(id, 2).expectStatus().isOk();
        String failed = initiated();
        chunk(failed, 1, new byte[SONG.length / 2]).expectStatus().isOk();
        chunk(failed, 2, new byte[SONG.length - SONG.length / 2]).expectStatus().isOk();
        String abandoned = initiated();
        chunk(abandoned, 1).expectStatus().isOk();
        store.whileAway(asked -> asked.startsWith("delete "), () -> {
            complete(id).expectStatus().isCreated();
            assertError(complete(failed), 415);
            delete("/api/v1/tracks/" + abandoned, ada).expectStatus().isOk();
        });
        assertThat(used()).isEqualTo(SONG.length);
        for (String upload : new String[] {id, failed, abandoned}) {
            assertThat(objects()).anyMatch(object -> object.startsWith("uploads/" + upload));
        }
        sweep();
        assertThat(objects()).noneMatch(object -> object.startsWith("uploads/"));
        get("/api/v1/tracks/" + id, ada).expectStatus().isOk();
    }

    @Test
    void aTrackIsDeletedAndFreeThoughItsBytesHaveToBeSwept() throws IOException {
        String id = uploaded(ada, SONG);
        completed(ada, id);
        store.whileAway(
                asked -> asked.startsWith("delete "),
                () -> delete("/api/v1/tracks/" + id, ada).expectStatus().isOk());
        assertThat(used()).isZero();
        assertThat(objects()).contains("tracks/" + id);
        sweep();
        assertThat(objects()).doesNotContain("tracks/" + id);
    }

    private void assertCompletes(String id) throws IOException {
        complete(id).expectStatus().isCreated();
        assertThat(used()).isEqualTo(SONG.length);
        assertThat(songs()).isEqualTo(1);
        assertThat(objects()).contains("tracks/" + id).noneMatch(object -> object.startsWith("uploads/" + id));
        assertThat(client.get()
                        .uri("/api/v1/tracks/" + id + "/stream")
                        .exchange()
                        .expectBody(byte[].class)
                        .returnResult()
                        .getResponseBody())
                .isEqualTo(SONG);
    }

    private static void assertUnavailable(WebTestClient.ResponseSpec answer) {
        answer.expectHeader().valueMatches("Retry-After", "[1-9][0-9]*");
        assertError(answer, 503);
    }

    private static Set<String> added(Set<String> before) throws IOException {
        Set<String> added = new TreeSet<>(objects());
        added.removeAll(before);
        return added;
    }

    private void sweep() {
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofHours(50)), ZoneOffset.UTC);
        Uploading.sweep(sessions, chunks, settings, trackSettings, later);
        Making.sweep(tracks, files, trackSettings, later);
    }

    private int songs() {
        return json(get("/api/v1/tracks?user_id=" + ada.id(), ada))
                .path("data")
                .path("tracks")
                .size();
    }

    private long used() {
        return data(get("/api/v1/tracks/quota/" + ada.id(), ada))
                .path("quota")
                .path("used")
                .asLong(-1);
    }

    private String initiated() {
        return data(post(
                        "/api/v1/tracks/initiate",
                        ada,
                        "{\"filename\":\"song.wav\",\"total_chunks\":" + CHUNKS + ",\"total_size\":" + SONG.length
                                + "}"))
                .path("upload_id")
                .asString();
    }

    private String resumed(String id) {
        return data(get("/api/v1/tracks/resume/" + id, ada)).path("received").toString();
    }

    private WebTestClient.ResponseSpec complete(String id) {
        return post("/api/v1/tracks/complete", ada, "{\"upload_id\":\"" + id + "\"}");
    }

    private WebTestClient.ResponseSpec chunk(String id, int number) {
        int half = SONG.length / 2;
        return chunk(id, number, Arrays.copyOfRange(SONG, (number - 1) * half, number == 1 ? half : SONG.length));
    }

    private WebTestClient.ResponseSpec chunk(String id, int number, byte[] bytes) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("chunk", new ByteArrayResource(bytes)).filename("blob");
        form.part("upload_id", id);
        form.part("chunk_number", Integer.toString(number));
        form.part("total_chunks", Integer.toString(CHUNKS));
        form.part("total_size", Integer.toString(SONG.length));
        form.part("filename", "song.wav");
        return client.post()
                .uri("/api/v1/tracks/chunk")
                .headers(headers -> headers.setBearerAuth(ada.token()))
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange();
    }

    private static JsonNode data(WebTestClient.ResponseSpec response) {
        response.expectStatus().isOk();
        return json(response).path("data");
    }
}
