package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A partner's program and its API key, as the README tells it. */
class ApiKeysE2E {

    private static final String KEYS = "/api/v1/api-keys";
    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";

    /** A route of each dialect, and what it answers to somebody who is known: what is not there is not there. */
    private static final Map<String, Integer> ROUTES = Map.of(
            "/api/v1/tracks",
            200,
            "/api/v1/auth/me",
            200,
            "/api/auth/user/profile/",
            200,
            "/v1/ai/models",
            200,
            "/v1/ai/generations",
            200,
            "/api/vocal/files/" + NOBODY + "/status/",
            404,
            "/musewave/users/" + NOBODY + "/",
            404);

    private final Platform platform = Platform.get();

    private static JsonNode create(Account account, int perMinute, String... scopes) {
        return account.api()
                .post(KEYS, Map.of("name", "nightly jobs", "scopes", scopes, "requests_per_minute", perMinute))
                .expect(201)
                .data();
    }

    private static String secret(JsonNode made) {
        return made.path("secret").asString();
    }

    private static String id(JsonNode made) {
        return made.path("api_key").path("id").asString();
    }

    private int status(String path, String secret) {
        return platform.anonymous().get(path, "X-API-Key", secret).status();
    }

    @Test
    void aKeyIsGoodForEveryDialectInBothHeaders() {
        Account account = Account.register(platform);
        String secret =
                secret(create(account, 600, "tracks:read", "generation:read", "processing:read", "profile:read"));
        ROUTES.forEach((path, expected) -> {
            platform.anonymous().get(path, "X-API-Key", secret).expect(expected);
            platform.anonymous().as(secret).get(path).expect(expected);
        });
        assertThat(platform.anonymous()
                        .as(secret)
                        .get("/api/v1/auth/me")
                        .data()
                        .path("id")
                        .asString())
                .isEqualTo(account.id());
        // what is no key is nobody's, also where nobody needs to be somebody
        String wrong = secret.substring(0, secret.length() - 1) + (secret.endsWith("a") ? 'b' : 'a');
        for (String path : ROUTES.keySet()) {
            platform.anonymous().get(path, "X-API-Key", wrong).expect(401);
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !account.api()
                        .get(KEYS)
                        .expect(200)
                        .data()
                        .path("api_keys")
                        .get(0)
                        .path("last_used_ip")
                        .isNull());
    }

    @Test
    void aMissingScopeIs403InTheFormOfTheDialect() {
        Account account = Account.register(platform);
        Api api = platform.anonymous().as(secret(create(account, 600, "playlists:read")));
        JsonNode veza = api.get("/api/v1/tracks").expect(403).json();
        assertThat(veza.path("success").asBoolean()).isFalse();
        assertThat(veza.path("error").path("code").asString()).isEqualTo("AUTH_MISSING_SCOPE");
        JsonNode musicgen = api.get("/v1/ai/models").expect(403).json();
        assertThat(musicgen.path("error").path("code").asString()).isEqualTo("AUTH_MISSING_SCOPE");
        assertThat(musicgen.path("request_id").isMissingNode()).isFalse();
        assertThat(api.get("/api/vocal/files/1/status/")
                        .expect(403)
                        .json()
                        .path("detail")
                        .asString())
                .contains("processing:read");
        assertThat(api.get("/api/auth/user/profile/")
                        .expect(403)
                        .json()
                        .path("detail")
                        .asString())
                .contains("profile:read");
        assertThat(api.get("/musewave/users/")
                        .expect(403)
                        .json()
                        .path("message")
                        .asString())
                .contains("profile:read");
        // to read is not to write
        api.get("/api/v1/playlists").expect(200);
        api.post("/api/v1/playlists", Map.of("name", "mine")).expect(403);
    }

    @Test
    void noKeyManagesTheAccount() {
        Account account = Account.register(platform);
        Api api = platform.anonymous().as(secret(create(account, 600, "profile:write")));
        for (Api.Answer answer : List.of(
                api.get(KEYS),
                api.post(KEYS, Map.of("name", "more", "scopes", List.of("tracks:write"))),
                api.get("/api/v1/sessions"),
                api.post("/api/v1/sessions/logout-all", Map.of()),
                api.delete("/api/v1/users/" + account.id()))) {
            assertThat(answer.expect(403).json().path("error").path("code").asString())
                    .isEqualTo("AUTH_KEY_NOT_ALLOWED");
        }
        account.api().get("/api/v1/auth/me").expect(200);
    }

    @Test
    void aRevokedOrRotatedKeyStopsWithinHalfAMinute() {
        Account account = Account.register(platform);
        JsonNode made = create(account, 600, "tracks:read");
        String first = secret(made);
        assertThat(status("/api/v1/tracks", first)).isEqualTo(200);

        JsonNode gently = account.api()
                .post(KEYS + "/" + id(made) + "/rotate", Map.of("grace_seconds", 3_600))
                .expect(200)
                .data();
        String second = secret(gently);
        assertThat(status("/api/v1/tracks", first)).isEqualTo(200);
        assertThat(status("/api/v1/tracks", second)).isEqualTo(200);

        String third = secret(account.api()
                .post(KEYS + "/" + id(made) + "/rotate", Map.of())
                .expect(200)
                .data());
        assertThat(status("/api/v1/tracks", third)).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> status("/api/v1/tracks", first) == 401);
        await().atMost(Duration.ofSeconds(30)).until(() -> status("/api/v1/tracks", second) == 401);
        assertThat(status("/api/v1/tracks", third)).isEqualTo(200);

        account.api().delete(KEYS + "/" + id(made)).expect(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> status("/api/v1/tracks", third) == 401);
    }

    @Test
    void aKeyHasItsOwnQuota() {
        Account account = Account.register(platform);
        String small = secret(create(account, 5, "tracks:read"));
        String large = secret(create(account, 600, "tracks:read"));
        List<Integer> statuses = new ArrayList<>();
        IntStream.range(0, 12).forEach(i -> statuses.add(status("/api/v1/tracks", small)));
        assertThat(statuses).contains(200, 429).containsOnly(200, 429);
        assertThat(status("/api/v1/tracks", large)).isEqualTo(200);
    }
}
