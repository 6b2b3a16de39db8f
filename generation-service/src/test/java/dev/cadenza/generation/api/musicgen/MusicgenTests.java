package dev.cadenza.generation.api.musicgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.generation.GenerationIntegrationTest;
import dev.cadenza.platform.testing.TestIssuer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the tests of the dialect share: two users of each test's own, and their requests. */
@GenerationIntegrationTest
abstract class MusicgenTests {

    private static final AtomicInteger NUMBERS = new AtomicInteger(1000);

    @Autowired
    WebTestClient client;

    @LocalServerPort
    int port;

    User ada;
    User bob;

    /** Somebody with a token. */
    record User(UUID id, String name, String token) {
        static User make(String name) {
            UUID id = UUID.randomUUID();
            return new User(id, name, TestIssuer.user(id, NUMBERS.incrementAndGet(), name, "user"));
        }
    }

    @BeforeEach
    void users() {
        // whole songs
        client = client.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(64 << 20))
                .build();
        ada = User.make("ada");
        bob = User.make("bob");
    }

    /** No worker shall be busy with what no test waits for. */
    @AfterEach
    void callOffTheRest() {
        for (User user : List.of(ada, bob)) {
            for (JsonNode row : data(get("/v1/ai/generations?limit=100", user)).path("generations")) {
                if (row.path("status").asString().matches("queued|processing")) {
                    text(post("/v1/ai/generations/" + row.path("generation_id").asString() + "/cancel", user, null));
                }
            }
        }
    }

    WebTestClient.ResponseSpec generate(@Nullable User user, String body) {
        return post("/v1/ai/generate", user, body);
    }

    /** Public id of a generation that was asked for. */
    String generated(User user, String body) {
        return data(generate(user, body).expectStatus().isAccepted())
                .path("generation_id")
                .asString();
    }

    WebTestClient.ResponseSpec post(String uri, @Nullable User user, @Nullable String body) {
        var request = client.post().uri(uri).headers(headers -> {
            if (user != null) {
                headers.setBearerAuth(user.token());
            }
        });
        return body == null
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange();
    }

    WebTestClient.ResponseSpec get(String uri, @Nullable User user) {
        return client.get()
                // as it is: signatures and escapes must not be encoded again
                .uri(URI.create("http://localhost:" + port + uri))
                .headers(headers -> {
                    if (user != null) {
                        headers.setBearerAuth(user.token());
                    }
                })
                .exchange();
    }

    JsonNode status(User user, String id) {
        return data(get("/v1/ai/generations/" + id, user).expectStatus().isOk());
    }

    JsonNode finished(User user, String id) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> status(user, id),
                        data -> !data.path("status").asString().matches("queued|processing"));
    }

    static JsonNode data(WebTestClient.ResponseSpec response) {
        return json(response).path("data");
    }

    static JsonNode json(WebTestClient.ResponseSpec response) {
        return JsonMapper.shared().readTree(text(response));
    }

    static String text(WebTestClient.ResponseSpec response) {
        byte[] body = response.expectBody().returnResult().getResponseBody();
        return body == null ? "{}" : new String(body, StandardCharsets.UTF_8);
    }

    static JsonNode assertError(WebTestClient.ResponseSpec response, int status) {
        response.expectStatus().isEqualTo(status);
        JsonNode body = json(response);
        assertThat(body.path("success").isBoolean() && !body.path("success").booleanValue())
                .isTrue();
        assertThat(body.path("error").path("code").asString()).matches("[A-Z_]+");
        assertThat(body.path("error").path("message").asString()).isNotBlank();
        assertThat(body.path("error").path("details").isObject()).isTrue();
        assertThat(body.path("timestamp").asString()).isNotBlank();
        assertThat(body.path("request_id").asString()).matches("req_[0-9a-f]{16}");
        return body.path("error");
    }
}
