package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.auth.profile.SweepAvatars;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.platform.testing.TestS3;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Pictures of users: taken, shown, replaced, removed; nothing stays behind. */
class AvatarTests extends AuthServiceIT {

    @Autowired
    private SweepAvatars sweep;

    @Autowired
    private ObjectStore store;

    @TempDir
    Path folder;

    @Test
    void aPictureIsShownSmallAndOpenToEverybody() throws IOException {
        Somebody ann = somebody();
        JsonNode profile = profile(upload(ann, "avatar", "me.png", picture(1000, 500, "png")));
        String address = profile.get("avatar").asString();
        assertThat(address).startsWith("http://localhost:8080/media/avatars/" + ann.id + "-");
        String path = path(address);
        EntityExchangeResult<byte[]> shown = client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.IMAGE_JPEG)
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "max-age=86400, public")
                .expectBody()
                .returnResult();
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(Objects.requireNonNull(shown.getResponseBody())));
        assertThat(image.getWidth()).isEqualTo(512);
        assertThat(image.getHeight()).isEqualTo(256);
        String etag = Objects.requireNonNull(shown.getResponseHeaders().getETag());
        client.get()
                .uri(path)
                .header(HttpHeaders.IF_NONE_MATCH, etag)
                .exchange()
                .expectStatus()
                .isNotModified();
        client.head()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentLength(shown.getResponseBody().length)
                .expectBody()
                .isEmpty();
        assertThat(profile(get(null, "/api/v1/users/" + ann.id)).get("avatar").asString())
                .isEqualTo(address);
        assertThat(body(get(null, "/musewave/users/" + ann.id + "/"))
                        .get("avatar_url")
                        .asString())
                .isEqualTo(address);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(events(ann.id))
                        .anySatisfy(event -> assertThat(
                                        event.get("data").path("avatarUrl").asString(""))
                                .isEqualTo(address)));
        assertThat(body(get(ann.token, "/api/v1/users/" + ann.id + "/completion"))
                        .get("data")
                        .get("missing_fields"))
                .extracting(JsonNode::asString)
                .doesNotContain("avatar");
    }

    @Test
    void anotherPictureReplacesTheOneBefore() throws IOException {
        Somebody ann = somebody();
        String first = profile(upload(ann, "file", "a", picture(20, 20, "jpg")))
                .get("avatar")
                .asString();
        String second = profile(upload(ann, "avatar", "b.exe", picture(20, 20, "gif")))
                .get("avatar")
                .asString();
        assertThat(second).isNotEqualTo(first).endsWith(".png");
        client.get().uri(path(first)).exchange().expectStatus().isNotFound();
        client.get()
                .uri(path(second))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.IMAGE_PNG);
        assertThat(stored(ann.id)).hasSize(1);
        // told again as it was shown, it stays
        put(ann, Map.of("avatar", second, "bio", "x"));
        assertThat(stored(ann.id)).hasSize(1);
        // one from elsewhere takes its place
        put(ann, Map.of("avatar", "https://elsewhere.example/a.png"));
        assertThat(stored(ann.id)).isEmpty();
    }

    @Test
    void aRemovedPictureIsGone() throws IOException {
        Somebody ann = somebody();
        String address = profile(upload(ann, "avatar", "a", picture(20, 20, "png")))
                .get("avatar")
                .asString();
        for (int i = 0; i < 2; i++) {
            JsonNode profile = profile(client.delete()
                    .uri("/api/v1/users/" + ann.id + "/avatar")
                    .headers(headers -> headers.setBearerAuth(ann.token))
                    .exchange());
            assertThat(profile.get("avatar").isNull()).isTrue();
        }
        client.get()
                .uri(path(address))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store");
        assertThat(stored(ann.id)).isEmpty();
    }

    @Test
    void thePictureOfADeletedAccountGoesWithIt() throws IOException {
        Somebody ann = somebody();
        upload(ann, "avatar", "a", picture(20, 20, "png")).expectStatus().isOk();
        client.delete()
                .uri("/api/v1/users/" + ann.id)
                .headers(headers -> headers.setBearerAuth(ann.token))
                .exchange()
                .expectStatus()
                .isOk();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stored(ann.id)).isEmpty());
    }

    @Test
    void whatNobodyShowsIsSwept() throws IOException {
        Somebody ann = somebody();
        String shown = profile(upload(ann, "avatar", "a", picture(20, 20, "png")))
                .get("avatar")
                .asString();
        // as a crash leaves them: stored and never told, of an account that never was, and something that is not ours
        String orphan = ann.id + "-0123456789abcdef.png";
        UUID nobody = Ids.next();
        UUID other = Ids.next();
        for (String file : List.of(orphan, nobody + "-0123456789abcdef.jpg", other + ".txt")) {
            store.put("auth/avatars/" + file, Files.write(folder.resolve("x"), new byte[] {1}), "image/png")
                    .block();
        }
        sweep.sweep().block();
        assertThat(stored(ann.id)).hasSize(1).doesNotContain(orphan);
        assertThat(stored(nobody)).isEmpty();
        assertThat(stored(other)).hasSize(1);
        client.get().uri(path(shown)).exchange().expectStatus().isOk();
    }

    @Test
    void whoMayDoWhat() throws IOException {
        Somebody ann = somebody();
        byte[] picture = picture(20, 20, "png");
        upload(new Somebody(ann.id, somebody().token), "avatar", "a", picture)
                .expectStatus()
                .isForbidden();
        upload(new Somebody(ann.id, ""), "avatar", "a", picture).expectStatus().isUnauthorized();
        upload(new Somebody(Ids.next(), ann.token), "avatar", "a", picture)
                .expectStatus()
                .isNotFound();
        assertThat(stored(ann.id)).isEmpty();
        upload(new Somebody(ann.id, administrator()), "avatar", "a", picture)
                .expectStatus()
                .isOk();
        assertThat(stored(ann.id)).hasSize(1);
    }

    @Test
    void whatIsNoPictureIsRefused() throws IOException {
        Somebody ann = somebody();
        for (String text : List.of(
                "just words",
                "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                "<!DOCTYPE html><script>alert(1)</script>",
                "#EXTM3U\nhttp://127.0.0.1:1/x")) {
            upload(ann, "avatar", "me.png", text.getBytes(StandardCharsets.UTF_8))
                    .expectStatus()
                    .isEqualTo(415)
                    .expectBody()
                    .jsonPath("$.error.code")
                    .isEqualTo("UPLOAD_UNSUPPORTED");
        }
        byte[] png = picture(300, 300, "png");
        byte[] bomb = HexFormat.of().parseHex("474946383961ffffffff0000002c00000000ffffffff0002024c0100");
        for (byte[] bytes : new byte[][] {Arrays.copyOf(png, png.length / 2), bomb, {}}) {
            upload(ann, "avatar", "me.png", bytes)
                    .expectStatus()
                    .isEqualTo(422)
                    .expectBody()
                    .jsonPath("$.error.details[0].field")
                    .isEqualTo("avatar");
        }
        upload(ann, "avatar", "me.png", new byte[5 * 1024 * 1024 + 1])
                .expectStatus()
                .isEqualTo(413);
        upload(ann, "picture", "me.png", png).expectStatus().isBadRequest();
        client.post()
                .uri("/api/v1/users/" + ann.id + "/avatar")
                .headers(headers -> headers.setBearerAuth(ann.token))
                .contentType(MediaType.IMAGE_PNG)
                .bodyValue(png)
                .exchange()
                .expectStatus()
                .isEqualTo(415);
        assertThat(stored(ann.id)).isEmpty();
        assertThat(profile(get(null, "/api/v1/users/" + ann.id)).get("avatar").isNull())
                .isTrue();
    }

    @Test
    void nothingElseInTheStoreCanBeReachedByAName() {
        for (String file : List.of(
                "..%2f..%2fcatalog%2fx",
                "x", "%2e%2e", Ids.next() + "-0123456789abcdef.png", Ids.next() + "-0123456789abcdef.svg", "%00")) {
            client.get()
                    .uri(java.net.URI.create("http://127.0.0.1:" + port + "/media/avatars/" + file))
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).isIn(400, 404));
        }
    }

    private record Somebody(UUID id, String token) {}

    private Somebody somebody() {
        String name = name();
        JsonNode registered = register(name, address(name));
        return new Somebody(id(registered), access(registered.get("data")));
    }

    private WebTestClient.ResponseSpec upload(Somebody somebody, String field, String filename, byte[] bytes) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part(field, new ByteArrayResource(bytes)).filename(filename);
        return client.post()
                .uri("/api/v1/users/" + somebody.id + "/avatar")
                .headers(headers -> {
                    if (!somebody.token.isEmpty()) {
                        headers.setBearerAuth(somebody.token);
                    }
                })
                .bodyValue(form.build())
                .exchange();
    }

    private void put(Somebody somebody, Map<String, ?> body) {
        client.put()
                .uri("/api/v1/users/" + somebody.id)
                .headers(headers -> headers.setBearerAuth(somebody.token))
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk();
    }

    private WebTestClient.ResponseSpec get(@Nullable String token, String path) {
        return client.get()
                .uri(path)
                .headers(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .exchange();
    }

    private JsonNode profile(WebTestClient.ResponseSpec answer) {
        return body(answer.expectStatus().isOk()).get("data").get("profile");
    }

    private static String path(String address) {
        return address.substring(address.indexOf("/media/"));
    }

    private static List<String> stored(UUID id) throws IOException {
        Path folder = TestS3.folder().resolve(TestS3.bucket()).resolve("auth/avatars");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(id.toString()))
                    .toList();
        }
    }

    private static byte[] picture(int width, int height, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x < width / 2 ? Color.RED.getRGB() : Color.BLUE.getRGB());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }
}
