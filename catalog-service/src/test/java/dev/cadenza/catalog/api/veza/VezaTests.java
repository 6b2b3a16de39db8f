package dev.cadenza.catalog.api.veza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.platform.testing.TestS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the tests of the dialect share: two users of each test's own, and uploads. */
@CatalogIntegrationTest
abstract class VezaTests {

    private static final AtomicInteger NUMBERS = new AtomicInteger(1000);

    @Autowired
    WebTestClient client;

    User ada;
    User bob;

    /** Somebody with a token. */
    record User(UUID id, String name, String token) {
        static User make(String name, String... roles) {
            UUID id = UUID.randomUUID();
            return new User(id, name, TestIssuer.user(id, NUMBERS.incrementAndGet(), name, roles));
        }
    }

    @BeforeEach
    void users() {
        ada = User.make("ada");
        bob = User.make("bob");
    }

    WebTestClient.ResponseSpec upload(User user, String filename, byte[] bytes, String... fields) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("file", new ByteArrayResource(bytes)).filename(filename);
        for (int i = 0; i < fields.length; i += 2) {
            form.part(fields[i], fields[i + 1]);
        }
        return client.post()
                .uri("/api/v1/tracks")
                .headers(headers -> headers.setBearerAuth(user.token()))
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange();
    }

    /** An uploaded track's id. */
    String uploaded(User user, byte[] bytes, String... fields) {
        return json(upload(user, "some song.mp3", bytes, fields).expectStatus().isCreated())
                .path("data")
                .path("track")
                .path("id")
                .asString();
    }

    WebTestClient.ResponseSpec get(String uri, @Nullable User user, Object... variables) {
        return client.get()
                .uri(uri, variables)
                .headers(headers -> {
                    if (user != null) {
                        headers.setBearerAuth(user.token());
                    }
                })
                .exchange();
    }

    WebTestClient.ResponseSpec post(String uri, User user, String body) {
        return client.post()
                .uri(uri)
                .headers(headers -> {
                    headers.setBearerAuth(user.token());
                    headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
                })
                .bodyValue(body)
                .exchange();
    }

    WebTestClient.ResponseSpec put(String uri, User user, String body) {
        return client.put()
                .uri(uri)
                .headers(headers -> {
                    headers.setBearerAuth(user.token());
                    headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
                })
                .bodyValue(body)
                .exchange();
    }

    WebTestClient.ResponseSpec delete(String uri, User user) {
        return client.delete()
                .uri(uri)
                .headers(headers -> headers.setBearerAuth(user.token()))
                .exchange();
    }

    JsonNode completed(User user, String id) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> json(get("/api/v1/tracks/" + id, user))
                                .path("data")
                                .path("track"),
                        track -> !track.path("status").asString().equals("processing"));
    }

    static JsonNode json(WebTestClient.ResponseSpec response) {
        byte[] body = response.expectBody().returnResult().getResponseBody();
        return JsonMapper.shared().readTree(body == null ? new byte[] {'{', '}'} : body);
    }

    /** Every object of this service. */
    static Set<String> objects() throws IOException {
        Path folder = TestS3.folder().resolve(TestS3.bucket()).resolve("catalog");
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    // what is made of tracks comes later
                    .filter(name -> !name.startsWith("artwork/") && !name.startsWith("waveforms/"))
                    .collect(Collectors.toSet());
        }
    }

    static void assertError(WebTestClient.ResponseSpec response, int status) {
        response.expectStatus().isEqualTo(status);
        JsonNode body = json(response);
        assertThat(body.path("success").isBoolean()).isTrue();
        assertThat(body.path("success").asBoolean()).isFalse();
        assertThat(body.path("error").path("code").asString()).matches("[A-Z_]+");
        assertThat(body.path("error").path("message").asString()).isNotBlank();
        assertThat(body.path("error").path("details").isArray()).isTrue();
        assertThat(body.toString()).doesNotContain("Exception", "/tmp", "ffmpeg");
    }
}
