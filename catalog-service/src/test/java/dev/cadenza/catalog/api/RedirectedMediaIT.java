package dev.cadenza.catalog.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.CatalogApplication;
import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.catalog.LibraryTests;
import dev.cadenza.catalog.TestAudio;
import dev.cadenza.platform.testing.TestS3;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;

/** Where clients get the bytes of tracks from the object store itself. */
class RedirectedMediaIT extends LibraryTests {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void whoMayHearATrackIsSentToTheStoreAndCountedAndNobodyElseIs() throws Exception {
        byte[] sound = TestAudio.wav();
        String id = form(
                        HttpMethod.POST,
                        "/api/v1/tracks",
                        ada,
                        "file",
                        sound,
                        "title",
                        "Near, far",
                        "is_public",
                        "false")
                .expect(201)
                .json()
                .at("/data/track/id")
                .asString();
        try (ConfigurableApplicationContext redirecting = new SpringApplicationBuilder(CatalogApplication.class)
                .initializers(new CatalogIntegrationTest.StandIns())
                .properties(
                        "cadenza.events.partitions=1",
                        "cadenza.catalog.playback.redirect=true",
                        "cadenza.storage.public-endpoint=http://localhost:"
                                + URI.create(TestS3.endpoint()).getPort())
                // said here, for the service's own settings name a port
                .run("--server.port=0")) {
            String base = "http://localhost:" + redirecting.getEnvironment().getProperty("local.server.port")
                    + "/api/v1/tracks/" + id;
            assertThat(ask(base + "/stream", bob).statusCode()).isEqualTo(404);
            HttpResponse<byte[]> sent = ask(base + "/stream", ada);
            assertThat(sent.statusCode()).isEqualTo(302);
            assertThat(sent.headers().firstValue("Cache-Control")).contains("no-store");
            HttpResponse<byte[]> bytes = open(sent);
            assertThat(bytes.body()).isEqualTo(sound);
            assertThat(bytes.headers().firstValue("Content-Type")).contains("audio/wav");
            HttpResponse<byte[]> attached = open(ask(base + "/download", ada));
            assertThat(attached.headers().firstValue("Content-Disposition").orElseThrow())
                    .startsWith("attachment;")
                    .contains("Near, far.wav");
            HttpResponse<byte[]> made = ask(base + "/stream?format=flac", ada);
            assertThat(open(made).headers().firstValue("Content-Type")).contains("audio/flac");
            assertThat(CLIENT.send(
                                    request(base + "/stream", ada)
                                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            String etag = get("/api/v1/tracks/" + id + "/stream", ada)
                    .expect(200)
                    .headers()
                    .getETag();
            assertThat(CLIENT.send(
                                    request(base + "/stream", ada)
                                            .header("If-None-Match", etag)
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(304);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(get("/api/v1/tracks/" + id, ada)
                                    .json()
                                    .at("/data/track/download_count")
                                    .asInt())
                            .isEqualTo(1));
        }
    }

    private static HttpRequest.Builder request(String address, User user) {
        return HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + user.token());
    }

    private static HttpResponse<byte[]> ask(String address, User user) throws IOException, InterruptedException {
        return CLIENT.send(request(address, user).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> open(HttpResponse<byte[]> redirect) throws IOException, InterruptedException {
        assertThat(redirect.statusCode()).isEqualTo(302);
        HttpResponse<byte[]> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create(
                                redirect.headers().firstValue("Location").orElseThrow()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }
}
