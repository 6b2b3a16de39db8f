package dev.cadenza.generation.api.musicgen;

import static dev.cadenza.platform.testing.DocumentedJson.assertShape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.generation.generation.Generation;
import dev.cadenza.generation.generation.GenerationEvent;
import dev.cadenza.generation.generation.Generations;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.JobError;
import dev.cadenza.platform.core.job.JobReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class GenerationControllerTests extends MusicgenTests {

    /** As the document has it. */
    static final String DOCUMENTED = """
            {
              "parameters": {
                "genre": "electronic", "subgenre": "synthwave", "mood": "nostalgic", "tempo": 120, "key": "C_minor",
                "duration": 180, "instrumental": false,
                "lyrics": {"enabled": true, "theme": "cyberpunk_city", "language": "en", "style": "poetic_tech"},
                "primary_instruments": ["synth_bass", "drum_machine", "arpeggiator"],
                "complexity": "medium", "ai_model": "kie_v4", "creativity": 0.7,
                "output_formats": ["wav", "mp3", "midi"], "audio_quality": "high"
              },
              "metadata": {
                "title": "Neon Dreams", "description": "A cyberpunk synthwave track for nighttime driving",
                "tags": ["cyberpunk", "synthwave", "80s", "nostalgic"], "project_id": "proj_123"
              },
              "callback_url": "https://your-app.com/callback",
              "webhook_events": ["generation_started", "generation_completed", "generation_failed"]
            }
            """;

    @Autowired
    Generations generations;

    @Test
    void answersTheDocumentsExampleAsTheDocumentDoes() {
        String answer = text(generate(ada, DOCUMENTED).expectStatus().isAccepted());
        assertShape(answer, """
                {
                  "success": true,
                  "data": {
                    "generation_id": "gen_1234567890abcdef", "task_id": "task_9876543210fedcba", "status": "queued",
                    "estimated_completion_time": "2024-01-12T18:00:00Z", "queue_position": 5,
                    "track_preview": {"title": "Neon Dreams", "estimated_duration": 180, "formats": ["wav", "mp3", "midi"]}
                  },
                  "message": "Music generation queued successfully",
                  "timestamp": "2024-01-12T17:55:04Z",
                  "request_id": "req_1234567890abcdef"
                }
                """);
        assertThat(answer)
                .containsPattern("\"generation_id\":\"gen_[0-9a-f]{16}\"")
                .containsPattern("\"task_id\":\"task_[0-9a-f]{16}\"")
                .contains(
                        "\"title\":\"Neon Dreams\"",
                        "\"formats\":[\"wav\",\"mp3\",\"midi\"]",
                        "\"estimated_duration\":180");
    }

    @Test
    void aPromptAloneIsEnough() {
        JsonNode data =
                data(generate(ada, "{\"prompt\":\"calm ambient piano, 45 seconds\",\"parameters\":{\"seed\":11}}")
                        .expectStatus()
                        .isAccepted());
        assertThat(data.path("track_preview").path("title").asString()).isEqualTo("Calm ambient piano, 45 seconds");
        assertThat(data.path("track_preview").path("estimated_duration").asInt())
                .isEqualTo(45);
        assertThat(data.path("seed").asLong()).isEqualTo(11);
        assertThat(data(generate(ada, "{\"prompt\":\"rock\"}").expectStatus().isAccepted())
                        .path("queue_position")
                        .isInt())
                .isTrue();
    }

    @Test
    void tellsTheStatusAsTheDocumentDoes() {
        String id = generated(ada, DOCUMENTED);
        assertShape(text(get("/v1/ai/generations/" + id, ada).expectStatus().isOk()), """
                {
                  "success": true,
                  "data": {
                    "generation_id": "gen_1234567890abcdef", "status": "processing", "progress": 65,
                    "estimated_time_remaining": 120, "updated_at": "2024-01-12T17:56:00Z", "completed_at": null,
                    "track_preview": {
                      "title": "Neon Dreams", "duration": 180, "formats_available": [], "formats_processing": ["wav", "midi"]
                    },
                    "quality_metrics": {"melodic_coherence": null, "harmonic_consistency": null, "audio_quality": null}
                  },
                  "message": "Generation status retrieved successfully"
                }
                """);
        assertThat(status(ada, id).has("started_at")).isTrue();
        assertThat(status(ada, id).has("track_id")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"parameters":{"tempo":300}}                         | tempo               | 40-240
                    {"parameters":{"tempo":39}}                          | tempo               | 40-240
                    {"parameters":{"tempo":"fast"}}                      | tempo               | 40-240
                    {"parameters":{"tempo":120.5}}                       | tempo               | 40-240
                    {"parameters":{"tempo":1e300}}                       | tempo               | 40-240
                    {"parameters":{"duration":29}}                       | duration            | 30-600
                    {"parameters":{"duration":601}}                      | duration            | 30-600
                    {"parameters":{"creativity":1.1}}                    | creativity          | 0-1
                    {"parameters":{"creativity":-0.1}}                   | creativity          | 0-1
                    {"parameters":{"key":"H_minor"}}                     | key                 | '[A-G](#|b)?_(major|minor)'
                    {"parameters":{"key":"c_minor"}}                     | key                 | '[A-G](#|b)?_(major|minor)'
                    {"parameters":{"key":5}}                             | key                 | a text
                    {"parameters":{"seed":-1}}                           | seed                | 0-9007199254740991
                    {"parameters":{"output_formats":["mp4"]}}            | output_formats      | wav, mp3, flac, ogg, midi
                    {"parameters":{"output_formats":[]}}                 | output_formats      | wav, mp3, flac, ogg, midi
                    {"parameters":{"output_formats":"mp3"}}              | output_formats      | a list of texts
                    {"parameters":{"audio_quality":"best"}}              | audio_quality       | one of low, medium, high, studio
                    {"parameters":{"ai_model":"gpt"}}                    | ai_model            | one of cadenza-composer, kie_v4
                    {"parameters":{"instrumental":"yes"}}                | instrumental        | true or false
                    {"parameters":{"lyrics":true}}                       | lyrics              | an object
                    {"parameters":[]}                                    | parameters          | an object
                    {}                                                   | parameters          | an object
                    {"prompt":""}                                        | parameters          | an object
                    {"prompt":7}                                         | prompt              | a text
                    {"parameters":{"primary_instruments":[1]}}           | primary_instruments | a list of texts
                    {"parameters":{},"metadata":"x"}                     | metadata            | an object
                    {"parameters":{},"callback_url":"ftp://x/y"}         | callback_url        | an http or https address
                    {"parameters":{},"callback_url":"not an address"}    | callback_url        | an http or https address
                    """)
    void refusesWhatIsOutOfRange(String body, String parameter, String constraint) {
        JsonNode error = assertError(generate(ada, body), 400);
        assertThat(error.path("code").asString()).isEqualTo("VALIDATION_ERROR");
        assertThat(error.path("message").asString()).startsWith("Invalid parameter: " + parameter + " must ");
        assertThat(error.path("details").path("parameter").asString()).isEqualTo(parameter);
        assertThat(error.path("details").path("constraint").asString()).isEqualTo(constraint);
        assertThat(error.path("details").has("value")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "tempo, 40-240",
        "seed, 0-9007199254740991",
        "duration, 30-600",
        "creativity, 0-1",
    })
    void refusesNumbersThatNoConversionTakes(String parameter, String constraint) {
        for (String number : List.of("9".repeat(400), "-" + "9".repeat(400), "9".repeat(30), "1e400")) {
            JsonNode error = assertError(generate(ada, "{\"parameters\":{\"" + parameter + "\":" + number + "}}"), 400);
            assertThat(error.path("message").asString()).startsWith("Invalid parameter: " + parameter + " must ");
            assertThat(error.path("details").path("constraint").asString()).isEqualTo(constraint);
            assertThat(error.path("details").path("value").asString()).hasSizeLessThan(102);
        }
    }

    @Test
    void takesTheLargestSeedAsItIs() {
        assertThat(data(generate(ada, "{\"prompt\":\"rock\",\"parameters\":{\"seed\":9007199254740991}}")
                                .expectStatus()
                                .isAccepted())
                        .path("seed")
                        .asLong())
                .isEqualTo(9_007_199_254_740_991L);
        assertError(generate(ada, "{\"parameters\":{\"seed\":9007199254740992}}"), 400);
    }

    @Test
    void cutsTitlesAndEchoesBetweenCharacters() {
        String guitars = "\uD83C\uDFB8".repeat(70);
        assertThat(data(generate(ada, "{\"prompt\":\"a" + guitars + "\"}")
                                .expectStatus()
                                .isAccepted())
                        .path("track_preview")
                        .path("title")
                        .asString())
                .isEqualTo("A" + "\uD83C\uDFB8".repeat(19));
        String echo = assertError(generate(ada, "{\"parameters\":{\"tempo\":\"a" + guitars + guitars + "\"}}"), 400)
                .path("details")
                .path("value")
                .asString();
        assertThat(echo).isEqualTo("a" + "\uD83C\uDFB8".repeat(99) + "…");
    }

    @Test
    void saysTheRefusalWordByWordAsTheDocumentDoes() {
        JsonNode error = assertError(generate(ada, "{\"parameters\":{\"tempo\":300}}"), 400);
        assertThat(error.path("message").asString()).isEqualTo("Invalid parameter: tempo must be between 40 and 240");
        assertThat(error.path("details").path("value").asInt()).isEqualTo(300);
    }

    @Test
    void namesUnknownWebhookEvents() {
        assertThat(assertError(generate(ada, "{\"parameters\":{},\"webhook_events\":[\"all\"]}"), 400)
                        .path("details")
                        .path("value")
                        .asString())
                .isEqualTo("all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "[]", "7", "\"text\"", "null", "{\"parameters\":{\"tempo\":NaN}}"})
    void refusesWhatIsNoObject(String body) {
        assertError(generate(ada, body), 400);
    }

    @Test
    void freeWordsAreWelcome() {
        String id = generated(ada, """
                        {"parameters":{"genre":"post-progressive yodel","mood":"sehr traurig","complexity":"fiendish",
                         "primary_instruments":["hurdy_gurdy"," "],"tempo":120.0,"lyrics":null,"seed":null},
                         "metadata":{"title":"  \\u0000 ","tags":[]},"unknown":{"a":1}}
                        """);
        assertThat(status(ada, id).path("track_preview").path("title").asString())
                .isNotBlank();
    }

    @Test
    void listsAsTheDocumentDoes() {
        String first = generated(ada, DOCUMENTED);
        String second = generated(ada, "{\"prompt\":\"a rock song, 40 seconds\"}");
        generated(bob, "{\"prompt\":\"rock\"}");
        String answer = text(get("/v1/ai/generations", ada).expectStatus().isOk());
        assertShape(answer, """
                {
                  "success": true,
                  "data": {
                    "generations": [
                      {"generation_id": "gen_1", "title": "Neon Dreams", "status": "completed", "duration": 180,
                       "genre": "electronic", "created_at": "2024-01-12T17:55:00Z", "formats_available": []}
                    ],
                    "pagination": {"total": 45, "limit": 20, "offset": 0, "has_more": true},
                    "summary": {"total_generations": 45, "completed": 38, "processing": 5, "failed": 2}
                  },
                  "message": "Generations retrieved successfully"
                }
                """);
        JsonNode data = data(get("/v1/ai/generations", ada));
        assertThat(data.path("generations")
                        .valueStream()
                        .map(row -> row.path("generation_id").asString()))
                .containsExactly(second, first);
        assertThat(data.path("generations").get(0).path("genre").asString()).isEqualTo("rock");
        assertThat(data.path("generations").get(0).has("preview_url")).isTrue();
        assertThat(data.path("generations").get(0).has("completed_at")).isTrue();
        assertThat(data.path("summary").path("total_generations").asInt()).isEqualTo(2);
        assertThat(data.path("pagination").path("has_more").booleanValue()).isFalse();
    }

    @Test
    void pagesAndSorts() {
        String shorter = generated(ada, "{\"parameters\":{\"duration\":40}}");
        String longest = generated(ada, "{\"parameters\":{\"duration\":50}}");
        String shortest = generated(ada, "{\"parameters\":{\"duration\":30}}");
        assertThat(ids("?sort_by=duration&sort_order=asc")).containsExactly(shortest, shorter, longest);
        assertThat(ids("?sort_by=duration")).containsExactly(longest, shorter, shortest);
        assertThat(ids("?sort_by=created_at&sort_order=asc&limit=1&offset=1")).containsExactly(longest);
        JsonNode page = data(get("/v1/ai/generations?limit=2", ada)).path("pagination");
        assertThat(page.path("has_more").booleanValue()).isTrue();
        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(ids("?status=failed")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "status=done, status",
        "limit=0, limit",
        "limit=101, limit",
        "limit=many, limit",
        "offset=-1, offset",
        "sort_by=title, sort_by",
        "sort_order=up, sort_order",
        "limit=99999999999999999999, limit"
    })
    void refusesUnknownFilters(String query, String parameter) {
        assertThat(assertError(get("/v1/ai/generations?" + query, ada), 400)
                        .path("details")
                        .path("parameter")
                        .asString())
                .isEqualTo(parameter);
    }

    @Test
    void somebodyElsesIsNotFound() {
        String id = generated(ada, "{\"prompt\":\"rock\"}");
        assertError(get("/v1/ai/generations/" + id, bob), 404);
        assertError(post("/v1/ai/generations/" + id + "/cancel", bob, null), 404);
        assertError(post("/v1/ai/generations/" + id + "/retry", bob, null), 404);
        assertError(get("/v1/ai/generations/gen_0000000000000000", ada), 404);
        assertError(get("/v1/ai/generations/%7B%22$ne%22:1%7D", ada), 404);
    }

    @Test
    void nobodyIsAnsweredWithoutAnIdentity() {
        assertError(generate(null, DOCUMENTED), 401);
        assertError(get("/v1/ai/generations", null), 401);
        assertError(get("/v1/ai/models", null), 401);
    }

    @Test
    void whatIsNotBuiltIsAbsent() {
        assertError(post("/v1/ai/generate-batch", ada, "{}"), 404);
        assertError(get("/v1/ai/templates", ada), 404);
    }

    @Test
    void cancelsWhatIsNotFinishedOnce() {
        String id = generated(ada, DOCUMENTED);
        String answer = text(post("/v1/ai/generations/" + id + "/cancel", ada, null)
                .expectStatus()
                .isOk());
        assertShape(answer, """
                {
                  "success": true,
                  "data": {
                    "generation_id": "gen_1234567890abcdef", "previous_status": "processing", "new_status": "cancelled",
                    "cancelled_at": "2024-01-12T17:57:00Z"
                  },
                  "message": "Generation cancelled successfully"
                }
                """);
        assertThat(answer).contains("\"new_status\":\"cancelled\"");
        assertThat(status(ada, id).path("status").asString()).isEqualTo("cancelled");
        assertError(post("/v1/ai/generations/" + id + "/cancel", ada, null), 409);
    }

    @Test
    void triesAgainWhatFailed() {
        String id = generated(ada, DOCUMENTED);
        assertError(post("/v1/ai/generations/" + id + "/retry", ada, null), 409);
        fail(id);
        JsonNode failed = status(ada, id);
        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("error").path("code").asString()).isEqualTo("test.broken");
        String answer = text(post("/v1/ai/generations/" + id + "/retry", ada, null)
                .expectStatus()
                .isAccepted());
        assertShape(answer, """
                {
                  "success": true,
                  "data": {
                    "original_generation_id": "gen_1234567890abcdef", "new_generation_id": "gen_new1234567890abc",
                    "status": "queued"
                  },
                  "message": "Generation retry queued successfully"
                }
                """);
        String again = tools.jackson.databind.json.JsonMapper.shared()
                .readTree(answer)
                .path("data")
                .path("new_generation_id")
                .asString();
        assertThat(again).isNotEqualTo(id);
        assertThat(status(ada, again).path("retry_of").asString()).isEqualTo(id);
        assertThat(status(ada, again).path("track_preview").path("title").asString())
                .isEqualTo("Neon Dreams");
    }

    @Test
    void tellsWhatTheModelsCanDo() {
        JsonNode model = data(get("/v1/ai/models", ada).expectStatus().isOk())
                .path("models")
                .get(0);
        assertThat(model.path("model_id").asString()).isEqualTo("cadenza-composer");
        assertThat(model.path("aliases").get(0).asString()).isEqualTo("kie_v4");
        assertThat(model.path("capabilities").path("duration").path("max").asInt())
                .isEqualTo(600);
        assertThat(model.path("capabilities").path("output_formats").size()).isEqualTo(5);
    }

    private void fail(String publicId) {
        Versioned<Generation> found =
                Objects.requireNonNull(generations.find(publicId, ada.id()).block());
        JobReport report = new JobReport(
                found.id(),
                9_999_999,
                JobReport.Kind.FAILED,
                0,
                "",
                Map.of(),
                new JobError("test.broken", "It broke."),
                "test",
                Instant.now());
        Change<Generation, GenerationEvent> change =
                Objects.requireNonNull(found.state().reported(report).orElse(null));
        generations
                .change(found.id(), current -> current.reported(report).orElse(change))
                .block();
    }

    private java.util.List<String> ids(String query) {
        return data(get("/v1/ai/generations" + query, ada).expectStatus().isOk())
                .path("generations")
                .valueStream()
                .map(row -> row.path("generation_id").asString())
                .toList();
    }
}
