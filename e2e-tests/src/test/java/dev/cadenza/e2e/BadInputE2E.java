package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people, broken clients and attackers send: a clear answer each, never a 5xx, nothing left behind. */
class BadInputE2E {

    private final Platform platform = Platform.get();
    private final Account ann = Account.register(platform);

    @Test
    void whatIsNoAudioIsRefusedAndLeavesNothingInObjectStorage() {
        Set<String> before = platform.objects();
        byte[] wav = Sounds.song(1);
        Map<String, byte[]> files = Map.of(
                "text.mp3",
                        "This is no music at all, only a text file.\n"
                                .repeat(100)
                                .getBytes(StandardCharsets.UTF_8),
                "empty.mp3", new byte[0],
                "playlist.mp3", "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n".getBytes(StandardCharsets.UTF_8),
                "liar.wav", hoursInAHeader(),
                "header-only.wav", Arrays.copyOf(wav, 44),
                "zeros.flac", new byte[4096],
                "cut-id3.mp3", "ID3\u0004\u0000\u0000\u0000\u0000\u0000\u0000".getBytes(StandardCharsets.ISO_8859_1));
        files.forEach((name, content) -> {
            Api.Answer veza = ann.api().upload("/api/v1/tracks", "file", name, content, Map.of());
            assertThat(veza.status()).as(name + " " + veza.text()).isIn(400, 415, 422);
            assertThat(veza.json().path("success").asBoolean(true)).isFalse();
            assertThat(veza.json().path("error").path("code").asString()).isNotEmpty();
            assertThat(veza.json().path("error").path("message").asString()).isNotEmpty();
            Api.Answer processing = ann.api().upload("/api/vocal/separate/", "audio_file", name, content, Map.of());
            assertThat(processing.status()).as(name + " " + processing.text()).isIn(400, 415);
            assertThat(Api.keys(processing.json())).containsExactly("error");
        });
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(platform.objects()).isEqualTo(before));
    }

    @Test
    void aFileNameIsOnlyAName() {
        for (String name : List.of(
                "../../etc/passwd.wav", "a \"quoted\" name.wav", "..\\..\\boot.wav", "%2e%2e%2f.wav", "ünï–コード.wav")) {
            String id = ann.api()
                    .upload("/api/v1/tracks", "file", name, Sounds.song(0.5), Map.of())
                    .expect(201)
                    .data()
                    .path("track")
                    .path("id")
                    .asString();
            ann.awaitProcessed(id);
            Api.Answer download =
                    ann.api().get("/api/v1/tracks/" + id + "/download").expect(200);
            assertThat(download.header("Content-Disposition"))
                    .doesNotContain("..")
                    .doesNotContain("\n");
        }
        assertThat(platform.objects()).noneMatch(path -> path.contains("passwd") || path.contains("boot"));
    }

    @Test
    void moreThanAllowedIsRefusedAsTooLarge() {
        Set<String> before = platform.objects();
        byte[] huge = new byte[101 * 1024 * 1024];
        System.arraycopy(Sounds.song(1), 0, huge, 0, 100_000);
        ann.api().upload("/api/v1/tracks", "file", "huge.wav", huge, Map.of()).expect(413);
        ann.api()
                .upload("/api/vocal/separate/", "audio_file", "huge.wav", huge, Map.of())
                .expect(413);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(platform.objects()).isEqualTo(before));
    }

    @Test
    void aRequestWithoutItsFileSaysSo() {
        Api.Answer veza = ann.api().upload("/api/v1/tracks", "other", "x.wav", Sounds.song(0.2), Map.of());
        assertThat(veza.status()).isIn(400, 422);
        Api.Answer vocal = ann.api().upload("/api/vocal/separate/", "other", "x.wav", Sounds.song(0.2), Map.of());
        vocal.expect(400);
        assertThat(vocal.json().path("error").asString()).isEqualTo("No file provided");
    }

    @Test
    void jsonThatIsNoneIsTheCallersFaultInEveryDialect() {
        for (String path : List.of(
                "/api/v1/auth/login",
                "/api/v1/auth/register",
                "/api/v1/playlists",
                "/api/v1/webhooks",
                "/v1/ai/generate")) {
            for (String body : List.of("{not json", "", "[]", "null", "\"x\"", "{\"a\":", "\u0000\u0001")) {
                Api.Answer answer = ann.api().postText(path, "application/json", body);
                assertThat(answer.status())
                        .as(path + " " + body + ": " + answer.text())
                        .isIn(400, 422);
                assertThat(answer.json().path("success").asBoolean(true)).isFalse();
            }
        }
    }

    @Test
    void aTokenThatDoesNotHoldIsRefusedInTheDialectOfThePath() {
        String valid = ann.api()
                .post("/api/v1/auth/login", Map.of("email", ann.email(), "password", ann.password()))
                .expect(200)
                .data()
                .path("token")
                .path("access_token")
                .asString();
        String[] parts = valid.split("\\.", -1);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String none = base64.encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
        String adminClaims =
                base64.encodeToString(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replace("\"user\"", "\"admin\"")
                        .getBytes(StandardCharsets.UTF_8));
        List<String> refused = List.of(
                none + "." + parts[1] + ".",
                parts[0] + "." + adminClaims + "." + parts[2],
                parts[0] + "." + parts[1] + "." + parts[2].substring(4) + "AAAA",
                foreignAudience(),
                "x",
                "a.b.c",
                valid + "x");
        for (String token : refused) {
            Api forger = platform.anonymous().as(token);
            JsonNode veza = forger.get("/api/v1/auth/me").expect(401).json();
            assertThat(veza.path("success").asBoolean(true)).isFalse();
            assertThat(veza.path("error").path("code").asString()).isNotEmpty();
            JsonNode musicgen = forger.get("/v1/ai/generations").expect(401).json();
            assertThat(musicgen.path("request_id").asString()).isNotEmpty();
            JsonNode processing = forger.get("/api/vocal/files/").expect(401).json();
            assertThat(Api.keys(processing)).containsExactly("detail");
            // an invalid token is refused even where none is needed
            forger.get("/api/v1/tracks").expect(401);
            // but who asks for a new one may send it
            forger.post("/api/v1/auth/login", Map.of("email", ann.email(), "password", ann.password()))
                    .expect(200);
        }
        platform.anonymous().get("/v1/ai/generations").expect(401);
        platform.anonymous().get("/api/vocal/files/").expect(401);
    }

    @Test
    void anUnknownRouteAnswersInTheDialectOfItsPath() {
        assertThat(Api.keys(ann.api().get("/api/v1/nothing").expect(404).json()))
                .containsExactly("success", "error");
        assertThat(Api.keys(ann.api().get("/v1/ai/nothing").expect(404).json()))
                .containsExactlyInAnyOrder("success", "error", "timestamp", "request_id");
        assertThat(Api.keys(ann.api().get("/api/nothing/").expect(404).json())).containsExactly("detail");
        assertThat(Api.keys(ann.api().get("/api/denoise/nothing/").expect(404).json()))
                .containsExactly("detail");
        assertThat(Api.keys(ann.api().get("/musewave/nothing/").expect(404).json()))
                .containsExactly("message");
    }

    @Test
    void whatIsInternalIsNotReachedThroughTheGateway() {
        for (String path : List.of(
                "/internal/jwks.json",
                "//internal/jwks.json",
                "/api/v1/../../internal/jwks.json",
                "/api/v1/%2e%2e/%2e%2e/internal/jwks.json",
                "/api/v1/tracks/..;/..;/internal/jwks.json",
                "/v3/api-docs")) {
            assertThat(ann.api().get(path).status()).as(path).isBetween(400, 404);
        }
    }

    /** A token of the same realm and the same person, meant for another client. */
    private String foreignAudience() {
        String form = "grant_type=password&client_id=admin-cli&username="
                + URLEncoder.encode(ann.username(), StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(ann.password(), StandardCharsets.UTF_8);
        return platform.anonymous()
                .send(
                        "POST",
                        "http://localhost:" + platform.port(90) + "/realms/cadenza/protocol/openid-connect/token",
                        BodyPublishers.ofString(form),
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .expect(200)
                .json()
                .path("access_token")
                .asString();
    }

    private static byte[] hoursInAHeader() {
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(0x7FFFFFF0);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 2);
        header.putInt(44_100).putInt(176_400).putShort((short) 4).putShort((short) 16);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(0x7FFFFFC0);
        return header.array();
    }
}
