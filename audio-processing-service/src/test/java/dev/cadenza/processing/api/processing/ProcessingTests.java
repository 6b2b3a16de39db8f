package dev.cadenza.processing.api.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.platform.testing.TestS3;
import dev.cadenza.processing.ProcessingIntegrationTest;
import java.io.IOException;
import java.net.URI;
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
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the tests of the dialect share: two users of each test's own, and uploads. */
@ProcessingIntegrationTest
abstract class ProcessingTests {

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
            return new User(id, name, TestIssuer.user(id, NUMBERS.incrementAndGet(), name));
        }
    }

    @BeforeEach
    void users() {
        ada = User.make("ada");
        bob = User.make("bob");
    }

    /** As it stands, encoded as it is. */
    URI address(String uri) {
        return URI.create("http://localhost:" + port + uri);
    }

    WebTestClient.ResponseSpec upload(@Nullable User user, String filename, byte[] bytes) {
        return upload(user, "/api/vocal/separate/", "audio_file", filename, bytes);
    }

    WebTestClient.ResponseSpec upload(@Nullable User user, String path, String field, String filename, byte[] bytes) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part(field, new ByteArrayResource(bytes)).filename(filename);
        return client.post()
                .uri(path)
                .headers(headers -> {
                    if (user != null) {
                        headers.setBearerAuth(user.token());
                    }
                })
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange();
    }

    long uploaded(User user, String filename, byte[] bytes) {
        return json(upload(user, filename, bytes).expectStatus().isOk())
                .path("file_id")
                .asLong();
    }

    WebTestClient.ResponseSpec get(String uri, @Nullable User user) {
        return client.get()
                .uri(address(uri))
                .headers(headers -> {
                    if (user != null) {
                        headers.setBearerAuth(user.token());
                    }
                })
                .exchange();
    }

    WebTestClient.ResponseSpec delete(long file, @Nullable User user) {
        return client.delete()
                .uri("/api/vocal/files/" + file + "/delete/")
                .headers(headers -> {
                    if (user != null) {
                        headers.setBearerAuth(user.token());
                    }
                })
                .exchange();
    }

    JsonNode status(User user, long file) {
        return json(get("/api/vocal/files/" + file + "/status/", user)
                .expectStatus()
                .isOk());
    }

    /** The row once the job has ended. */
    JsonNode ended(User user, long file) {
        ProcessingIntegrationTest.Worker.running();
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> status(user, file),
                        row -> Set.of("completed", "error")
                                .contains(row.path("status").asString()));
    }

    static JsonNode json(WebTestClient.ResponseSpec response) {
        byte[] body = response.expectBody().returnResult().getResponseBody();
        return JsonMapper.shared().readTree(body == null ? new byte[] {'{', '}'} : body);
    }

    /** Every object of this service. */
    static Set<String> objects() throws IOException {
        Path folder = TestS3.folder().resolve(TestS3.bucket()).resolve("processing");
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toSet());
        }
    }

    /** Vocal's form: {@code error} and nothing else. */
    static void assertError(WebTestClient.ResponseSpec response, int status) {
        response.expectStatus().isEqualTo(status).expectHeader().exists("X-Request-Id");
        JsonNode body = json(response);
        assertThat(body.propertyNames()).containsExactly("error");
        assertThat(body.path("error").asString()).isNotBlank().doesNotContain("Exception", "/tmp", "ffmpeg");
    }

    /** The form of routes and identities. */
    static void assertDetail(WebTestClient.ResponseSpec response, int status, String detail) {
        response.expectStatus().isEqualTo(status);
        JsonNode body = json(response);
        assertThat(body.propertyNames()).containsExactly("detail");
        assertThat(body.path("detail").asString()).isEqualTo(detail);
    }
}
