package dev.cadenza.catalog.api.veza;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.TestAudio;
import dev.cadenza.platform.audio.AudioFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TrackControllerTests extends VezaTests {

    @Test
    void oneTrackHasEveryDocumentedKey() {
        String id = uploaded(ada, TestAudio.encoded(AudioFormat.MP3));
        JsonNode body = json(get("/api/v1/tracks/" + id, null).expectStatus().isOk());
        assertThat(body.path("success").asBoolean()).isTrue();
        JsonNode track = body.path("data").path("track");
        assertTypes(
                track,
                "id title artist album format genre created_at",
                "duration file_size year like_count play_count",
                "is_public");
        assertThat(track.path("id").asString()).isEqualTo(id);
    }

    @Test
    void unknownFactsAreNullNotMissing() {
        JsonNode track = json(get("/api/v1/tracks/" + uploaded(ada, TestAudio.wav()), null))
                .path("data")
                .path("track");
        assertThat(track.has("album") && track.path("album").isNull()).isTrue();
        assertThat(track.has("genre") && track.path("genre").isNull()).isTrue();
        assertThat(track.has("year") && track.path("year").isNull()).isTrue();
    }

    @Test
    void theListHasEveryDocumentedKey() {
        uploaded(ada, TestAudio.encoded(AudioFormat.MP3));
        JsonNode data = json(get("/api/v1/tracks?user_id=" + ada.id(), null)).path("data");
        assertThat(data.path("tracks").size()).isEqualTo(1);
        assertTypes(data.path("tracks").get(0), "id title artist format genre created_at", "duration", "is_public");
        assertPagination(data.path("pagination"), 1, 20, 1, 1);
    }

    @Test
    void theSearchIsNotWrapped() {
        String word = unique();
        uploaded(ada, TestAudio.wav(), "title", "Search " + word);
        JsonNode body = json(get("/api/v1/tracks/search?q=" + word, null));
        assertThat(body.has("success")).isFalse();
        assertThat(body.path("tracks").size()).isEqualTo(1);
        assertTypes(body.path("tracks").get(0), "id title artist", "duration", "");
        assertPagination(body.path("pagination"), 1, 20, 1, 1);
    }

    @Test
    void searchIgnoresCaseAccentsAndOrderAndTakesNothingForAPattern() {
        String word = unique();
        uploaded(
                ada,
                TestAudio.wav(),
                "title",
                "Été " + word,
                "artist",
                "Zoë",
                "album",
                "50% (live) .*",
                "genre",
                "Jazz");
        for (String query : List.of(
                word.toUpperCase(),
                "ete " + word,
                word + " ÉTÉ",
                word + " zoe",
                word + " (live)",
                word + " .* 50%",
                word + " jazz")) {
            assertThat(total(get("/api/v1/tracks/search?q={q}", null, query)))
                    .as(query)
                    .isEqualTo(1);
        }
        for (String signs :
                List.of(word + " .+", word + "$", "^" + word, word + " \\Q", "+" + word + " &&", "(" + word)) {
            assertThat(total(get("/api/v1/tracks/search?q={q}", null, signs)))
                    .as(signs)
                    .isEqualTo(1);
        }
        for (String query : List.of(word + " nothing", word.substring(1), ".*", "*:*")) {
            assertThat(total(get("/api/v1/tracks/search?q={q}", null, query)))
                    .as(query)
                    .isZero();
        }
    }

    @Test
    void searchFiltersByEveryDocumentedParameter() {
        String word = unique();
        uploaded(ada, TestAudio.wav(1), "title", word + " one", "genre", "Rock");
        uploaded(ada, TestAudio.encoded(AudioFormat.MP3), "title", word + " three", "genre", "Pop");
        String search = "/api/v1/tracks/search?q=" + word;
        assertThat(titles(get(search + "&genre=rOCK", null))).containsExactly(word + " one");
        assertThat(titles(get(search + "&format=mp3", null))).containsExactly(word + " three");
        assertThat(titles(get(search + "&min_duration=2", null))).containsExactly(word + " three");
        assertThat(titles(get(search + "&max_duration=2", null))).containsExactly(word + " one");
        String past = Instant.now().minusSeconds(3600).toString();
        String future = Instant.now().plusSeconds(3600).toString();
        assertThat(total(get(search + "&start_date=" + past + "&end_date=" + future, null)))
                .isEqualTo(2);
        assertThat(total(get(search + "&start_date=" + future, null))).isZero();
        assertThat(total(get(search + "&end_date=" + past, null))).isZero();
        assertThat(titles(get(search + "&sort_by=title&sort_order=asc", null)))
                .containsExactly(word + " one", word + " three");
        assertThat(titles(get(search + "&sort_by=title", null))).containsExactly(word + " three", word + " one");
        assertThat(titles(get(search + "&sort_by=duration&sort_order=asc", null)))
                .containsExactly(word + " one", word + " three");
        assertThat(total(get(search + "&sort_by=popularity", null))).isEqualTo(2);
    }

    @Test
    void pagesAreCountedFromOneAndNewestComesFirst() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(uploaded(ada, TestAudio.wav()));
        }
        String list = "/api/v1/tracks?limit=2&user_id=" + ada.id();
        JsonNode first = json(get(list, null)).path("data");
        JsonNode last = json(get(list + "&page=3", null)).path("data");
        JsonNode beyond = json(get(list + "&page=4", null)).path("data");
        assertThat(ids(first)).containsExactly(ids.get(4), ids.get(3));
        assertThat(ids(last)).containsExactly(ids.get(0));
        assertThat(ids(beyond)).isEmpty();
        assertPagination(last.path("pagination"), 3, 2, 5, 3);
        assertPagination(beyond.path("pagination"), 4, 2, 5, 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=0",
                "page=-1",
                "page=x",
                "page=99999999999",
                "limit=0",
                "limit=101",
                "limit=1.5",
                "user_id=7",
                "user_id=1-1-1-1-1",
                "format=exe",
                "sort_by=password",
                "sort_order=up"
            })
    void aParameterThatMakesNoSenseIsRefused(String query) {
        assertError(get("/api/v1/tracks?" + query, null), 400);
        assertError(get("/api/v1/tracks/search?" + query, null), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "min_duration=-1",
                "max_duration=NaN",
                "start_date=yesterday",
                "start_date=-999999999-01-01T00:00:00Z",
                "end_date=2025-01-01"
            })
    void aSearchParameterThatMakesNoSenseIsRefused(String query) {
        assertError(get("/api/v1/tracks/search?" + query, null), 400);
    }

    @Test
    void theOwnerChangesWhatIsSaid() {
        String id = uploaded(ada, TestAudio.encoded(AudioFormat.MP3));
        JsonNode body = json(put(
                        "/api/v1/tracks/" + id,
                        ada,
                        "{\"title\":\"Updated Title\",\"artist\":\"Updated Artist\",\"album\":\"\",\"genre\":\"Rock\","
                                + "\"year\":2025,\"is_public\":true}")
                .expectStatus()
                .isOk());
        assertThat(body.path("success").asBoolean()).isTrue();
        JsonNode track = body.path("data").path("track");
        assertThat(track.path("id").asString()).isEqualTo(id);
        assertThat(track.path("title").asString()).isEqualTo("Updated Title");
        assertThat(track.path("artist").asString()).isEqualTo("Updated Artist");
        assertThat(track.path("album").isNull()).isTrue();
        assertThat(track.path("genre").asString()).isEqualTo("Rock");
        assertThat(track.path("year").asInt()).isEqualTo(2025);
    }

    @Test
    void anUpdateOfOneFieldLeavesTheOthers() {
        String id = uploaded(ada, TestAudio.encoded(AudioFormat.MP3));
        JsonNode track = json(put("/api/v1/tracks/" + id, ada, "{\"genre\":\"Noise\",\"unknown\":1}"))
                .path("data")
                .path("track");
        assertThat(track.path("title").asString()).isEqualTo("Tägged");
        assertThat(track.path("genre").asString()).isEqualTo("Noise");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{not json          | 400",
                "''                 | 400",
                "[]                 | 400",
                "\"text\"           | 400",
                "{\"year\":\"soon\"} | 400",
                "{\"title\":{}}     | 400",
                "{\"is_public\":\"x\"} | 400",
                "{\"title\":\"  \"} | 422",
                "{\"year\":99}      | 422"
            })
    void aBadUpdateIsRefused(String body, int status) {
        String id = uploaded(ada, TestAudio.wav());
        assertError(put("/api/v1/tracks/" + id, ada, body), status);
    }

    @Test
    void aRefusedUpdateNamesTheFields() {
        String id = uploaded(ada, TestAudio.wav());
        JsonNode details = json(put("/api/v1/tracks/" + id, ada, "{\"title\":\"\",\"year\":5}"))
                .path("error")
                .path("details");
        assertThat(details.get(0).path("field").asString()).isEqualTo("title");
        assertThat(details.get(0).path("message").asString()).isNotBlank();
        assertThat(details.get(1).path("field").asString()).isEqualTo("year");
    }

    @Test
    void deletingRemovesTheTrackAndItsBytes() throws IOException {
        String id = uploaded(ada, TestAudio.wav());
        assertThat(objects()).contains("tracks/" + id);
        JsonNode body = json(delete("/api/v1/tracks/" + id, ada).expectStatus().isOk());
        assertThat(body.path("data").path("message").asString()).isEqualTo("Track deleted successfully");
        assertError(get("/api/v1/tracks/" + id, ada), 404);
        assertError(get("/api/v1/tracks/" + id + "/stream", ada), 404);
        assertError(delete("/api/v1/tracks/" + id, ada), 404);
        assertThat(objects()).doesNotContain("tracks/" + id);
    }

    @Test
    void somebodyElsesPrivateTrackIsNotThere() {
        String id = uploaded(ada, TestAudio.wav(), "is_public", "false");
        String track = "/api/v1/tracks/" + id;
        for (@Nullable User other : new @Nullable User[] {bob, null}) {
            assertError(get(track, other), 404);
            assertError(get(track + "/stream", other), 404);
            assertError(get(track + "/download", other), 404);
            assertThat(total(get("/api/v1/tracks?user_id=" + ada.id(), other))).isZero();
        }
        assertError(get(track + "/status", bob), 404);
        assertError(put(track, bob, "{\"title\":\"mine\"}"), 404);
        assertError(delete(track, bob), 404);
        get(track, ada).expectStatus().isOk();
        get(track + "/stream", ada).expectStatus().isOk();
        get(track + "/download", ada).expectStatus().isOk();
        assertThat(total(get("/api/v1/tracks?user_id=" + ada.id(), ada))).isEqualTo(1);
    }

    @Test
    void somebodyElsesPublicTrackMayBeSeenAndNotChanged() {
        String track = "/api/v1/tracks/" + uploaded(ada, TestAudio.wav());
        get(track, bob).expectStatus().isOk();
        assertError(put(track, bob, "{\"title\":\"mine\"}"), 403);
        assertError(delete(track, bob), 403);
        get(track, null).expectStatus().isOk();
    }

    @Test
    void makingATrackPrivateTakesItFromOthers() {
        String track = "/api/v1/tracks/" + uploaded(ada, TestAudio.wav());
        get(track + "/stream", null).expectStatus().isOk();
        put(track, ada, "{\"is_public\":false}").expectStatus().isOk();
        assertError(get(track + "/stream", null), 404);
    }

    @Test
    void theOwnerSeesHowFarTheProcessingIs() {
        String id = uploaded(ada, TestAudio.wav());
        completed(ada, id);
        JsonNode data = json(get("/api/v1/tracks/" + id + "/status", ada)).path("data");
        assertThat(data.path("status").asString()).isEqualTo("completed");
        assertThat(data.path("progress").isIntegralNumber()).isTrue();
        assertThat(data.path("progress").asInt()).isEqualTo(100);
    }

    @Test
    void unknownAndImpossibleIdsAreToldApart() {
        assertError(get("/api/v1/tracks/" + UUID.randomUUID(), null), 404);
        assertError(get("/api/v1/tracks/7", null), 400);
        assertError(get("/api/v1/tracks/" + UUID.randomUUID() + "/stream", null), 404);
        assertError(get("/api/v1/nothing", ada), 404);
    }

    @Test
    void whatChangesNeedsAnIdentity() {
        String track = "/api/v1/tracks/" + uploaded(ada, TestAudio.wav());
        assertError(client.delete().uri(track).exchange(), 401);
        assertError(get(track + "/status", null), 401);
    }

    @Test
    void theServiceDescribesItselfAndSaysHowItIs() {
        JsonNode api = json(get("/v3/api-docs", null).expectStatus().isOk());
        assertThat(api.path("openapi").asString()).startsWith("3.0");
        assertThat(api.path("paths").has("/api/v1/tracks/{id}")).isTrue();
        get("/actuator/health", null).expectStatus().isOk();
        get("/actuator/health/readiness", null).expectStatus().isOk();
        get("/actuator/prometheus", null).expectStatus().isOk();
    }

    private static String unique() {
        return "q" + UUID.randomUUID().toString().replace("-", "");
    }

    private static int total(org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec response) {
        JsonNode body = json(response.expectStatus().isOk());
        return (body.has("data") ? body.path("data") : body)
                .path("pagination")
                .path("total")
                .asInt(-1);
    }

    private static List<String> titles(
            org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec response) {
        List<String> titles = new ArrayList<>();
        json(response.expectStatus().isOk())
                .path("tracks")
                .forEach(track -> titles.add(track.path("title").asString()));
        return titles;
    }

    private static List<String> ids(JsonNode data) {
        List<String> ids = new ArrayList<>();
        data.path("tracks").forEach(track -> ids.add(track.path("id").asString()));
        return ids;
    }

    private static void assertPagination(JsonNode pagination, int page, int limit, int total, int totalPages) {
        assertThat(pagination.path("page").asInt(-1)).isEqualTo(page);
        assertThat(pagination.path("limit").asInt(-1)).isEqualTo(limit);
        assertThat(pagination.path("total").asInt(-1)).isEqualTo(total);
        assertThat(pagination.path("total_pages").asInt(-1)).isEqualTo(totalPages);
    }

    private static void assertTypes(JsonNode node, String texts, String integers, String flags) {
        for (String name : texts.split(" ")) {
            assertThat(node.path(name).isString()).as(name).isTrue();
        }
        for (String name : integers.split(" ")) {
            assertThat(node.path(name).isIntegralNumber()).as(name).isTrue();
        }
        for (String name : flags.isEmpty() ? new String[0] : flags.split(" ")) {
            assertThat(node.path(name).isBoolean()).as(name).isTrue();
        }
    }
}
