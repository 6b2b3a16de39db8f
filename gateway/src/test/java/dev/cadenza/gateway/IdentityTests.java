package dev.cadenza.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.contracts.auth.v1.Revocation;
import dev.cadenza.platform.testing.Published;
import dev.cadenza.platform.testing.TestIssuer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

class IdentityTests extends GatewayIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CSRF = "the-token-of-this-session";

    @AfterEach
    void forget() {
        Upstreams.IDENTITIES.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /api/v1/tracks,                   tracks:read",
        "GET,  /api/v1/tracks,                   tracks:write",
        "POST, /api/v1/tracks,                   tracks:write",
        "GET,  /api/songs/,                      tracks:read",
        "POST, /v1/ai/generate,                  generation:write",
        "GET,  /api/denoise/files/,              processing:read",
        "POST, /api/denoise/upload/,             processing:write",
        "POST, /musewave/albums,                 tracks:write",
        "GET,  /api/v1/auth/me,                  profile:read",
        "POST, /api/v1/playlists,                playlists:write",
        "GET,  /api/v1/admin/audit/suspicious,   admin:read",
        "GET,  /media/uploads/original/song.wav, processing:read"
    })
    void anApiKeyIsAPersonInEveryDialectInEitherHeader(String method, String path, String scope) {
        String key = key(UUID.randomUUID(), scope);
        for (Map.Entry<String, String> header :
                Map.of("Authorization", "Bearer " + key, "X-API-Key", key).entrySet()) {
            HttpHeaders seen = client.method(HttpMethod.valueOf(method))
                    .uri(path)
                    .header(header.getKey(), header.getValue())
                    .exchange()
                    .expectStatus()
                    .is2xxSuccessful()
                    .returnResult(Void.class)
                    .getResponseHeaders();
            assertThat(seen.getFirst("Seen-Authorization")).startsWith("Bearer ey");
            assertThat(seen.toString()).doesNotContain(key);
        }
        assertThat(Upstreams.ASKED).containsOnlyOnce(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | /api/v1/tracks        | tracks:read      | {'success':false,'error':{'code':'AUTH_MISSING_SCOPE','message':'The API key lacks the scope tracks:write.','details':[]}}",
                "GET    | /api/songs/           | playlists:write  | {'detail':'The API key lacks the scope tracks:read.'}",
                "DELETE | /api/boost/files/7/delete/ | processing:read | {'detail':'The API key lacks the scope processing:write.'}",
                "GET    | /musewave/tracks/     | social:read      | {'message':'The API key lacks the scope tracks:read.'}",
                "DELETE | /api/v1/users/7       | profile:write    | {'success':false,'error':{'code':'AUTH_KEY_NOT_ALLOWED','message':'This concerns the account itself and cannot be done with an API key.','details':[]}}",
                "POST   | /api/v1/api-keys      | admin:write      | {'success':false,'error':{'code':'AUTH_KEY_NOT_ALLOWED','message':'This concerns the account itself and cannot be done with an API key.','details':[]}}"
            })
    void aKeyWithoutTheScopeIsRefusedInTheDialect(String method, String path, String scope, String body) {
        int before = Upstreams.ARRIVED.get();
        client.method(HttpMethod.valueOf(method))
                .uri(path)
                .header("X-API-Key", key(UUID.randomUUID(), scope))
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .json(body.replace('\'', '"'));
        assertThat(Upstreams.ARRIVED.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/tracks", "/api/songs/", "/v1/ai/generations", "/api/boost/files/", "/musewave/albums/7"
            })
    void aKeyThatHoldsNoLongerIsRefusedAndAskedAboutOnceInAWhile(String path) {
        String unknown = secret("cdz_");
        int before = Upstreams.ARRIVED.get();
        for (int i = 0; i < 3; i++) {
            get(path, "X-API-Key", unknown).isUnauthorized();
            get(path, "Authorization", "Bearer " + unknown).isUnauthorized();
        }
        get(path, "X-API-Key", "rubbish").isUnauthorized();
        get(path, "X-API-Key", "cdz_{\"$gt\":\"\"}").isUnauthorized();
        assertThat(Upstreams.ASKED).doesNotContain("rubbish").contains(unknown);
        assertThat(Upstreams.ARRIVED.get()).isEqualTo(before);
        // once it holds it is soon heard of
        hold(
                unknown,
                answer(
                        UUID.randomUUID(),
                        null,
                        "key_0000000000000009",
                        List.of("tracks:read", "generation:read", "processing:read")));
        await().untilAsserted(() -> get(path, "X-API-Key", unknown).isOk());
    }

    @Test
    void aBearerTokenWinsOverAKeyAndAKeyOverACookie() {
        String token = TestIssuer.user(UUID.randomUUID(), 7, "ann");
        String key = key(UUID.randomUUID(), "processing:write");
        String cookie = session(UUID.randomUUID());
        HttpHeaders seen = client.post()
                .uri("/api/denoise/upload/")
                .header("Authorization", "Bearer " + token)
                .header("X-API-Key", key)
                .header("Cookie", "a=b; sessionid=" + cookie + "; c=d")
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(Void.class)
                .getResponseHeaders();
        assertThat(seen.getFirst("Seen-Authorization")).isEqualTo("Bearer " + token);
        assertThat(seen.getFirst("Seen-Cookie")).isEqualTo("a=b; c=d");
        assertThat(seen.headerNames()).doesNotContain("Seen-X-API-Key");
        // no CSRF token needed, for the cookie is not what identifies
        client.post()
                .uri("/api/denoise/upload/")
                .header("X-API-Key", key)
                .header("Cookie", "sessionid=" + cookie)
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(Upstreams.ASKED).doesNotContain(cookie);
        client.get()
                .uri("/api/denoise/files/")
                .header("Authorization", "Bearer " + TestIssuer.expired(UUID.randomUUID(), "ann"))
                .header("X-API-Key", key)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void aSessionCookieIdentifiesWhereBrowsersCall() {
        String cookie = session(UUID.randomUUID());
        for (String path : new String[] {
            "/api/denoise/files/",
            "/api/vocal/files",
            "/musewave/tracks/",
            "/media/uploads/original/a.mp3",
            "/media/songs/a.mp3"
        }) {
            HttpHeaders seen = cookie(HttpMethod.GET, path, cookie)
                    .exchange()
                    .expectStatus()
                    .is2xxSuccessful()
                    .returnResult(Void.class)
                    .getResponseHeaders();
            assertThat(seen.getFirst("Seen-Authorization")).as(path).startsWith("Bearer ey");
            assertThat(seen.headerNames()).doesNotContain("Seen-Cookie");
        }
        for (String path : new String[] {"/api/v1/tracks", "/api/songs/", "/v1/ai/generations"}) {
            assertThat(cookie(HttpMethod.GET, path, cookie)
                            .exchange()
                            .returnResult(Void.class)
                            .getResponseHeaders()
                            .headerNames())
                    .as(path)
                    .doesNotContain("Seen-Authorization", "Seen-Cookie");
        }
    }

    @Test
    void thePagesOfTheLoginKeepTheirCookies() {
        String cookie = session(UUID.randomUUID());
        for (String path : new String[] {"/login/", "/logout/", "/"}) {
            cookie(HttpMethod.GET, path, cookie)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("Seen-Cookie", "sessionid=" + cookie);
        }
    }

    @Test
    void processingsUnsafeMethodsNeedTheSessionsOwnToken() {
        String cookie = session(UUID.randomUUID());
        for (String token : new String[] {null, "", "another", CSRF + "x"}) {
            RequestHeadersSpec<?> request = cookie(HttpMethod.POST, "/api/boost/upload/", cookie);
            if (token != null) {
                request.header("X-CSRFToken", token).header("Cookie", "csrftoken=" + token);
            }
            request.exchange()
                    .expectStatus()
                    .isForbidden()
                    .expectBody()
                    .json("{\"detail\":\"CSRF Failed: CSRF token missing or incorrect.\"}");
        }
        cookie(HttpMethod.POST, "/api/boost/upload/", cookie)
                .header("X-CSRFToken", CSRF)
                .exchange()
                .expectStatus()
                .isOk();
        // a session that holds no longer is no session: nobody needs a token, and the service says what it says to
        // nobody
        cookie(HttpMethod.POST, "/api/boost/upload/", secret(""))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("Seen-Authorization");
    }

    @Test
    void musewavesUnsafeMethodsNeedAPageOfOurs() {
        String cookie = session(UUID.randomUUID());
        cookie(HttpMethod.POST, "/musewave/albums", cookie)
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .json("{\"message\":\"The request does not come from a page of this platform.\"}");
        cookie(HttpMethod.POST, "/musewave/albums", cookie)
                .header("Referer", "https://evil.example/music.example")
                .exchange()
                .expectStatus()
                .isForbidden();
        cookie(HttpMethod.POST, "/musewave/albums", cookie)
                .header("Origin", "null")
                .exchange()
                .expectStatus()
                .isForbidden();
        for (String page : new String[] {"https://music.example", "https://app.example"}) {
            cookie(HttpMethod.POST, "/musewave/albums", cookie)
                    .header("Origin", page)
                    .exchange()
                    .expectStatus()
                    .isOk();
            cookie(HttpMethod.POST, "/musewave/albums", cookie)
                    .header("Referer", page + "/albums?new")
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
    }

    @Test
    void twoDifferentSessionCookiesAreNone() {
        String planted = session(UUID.randomUUID());
        client.get()
                .uri("/api/denoise/files/")
                .header("Cookie", "sessionid=" + planted + "; sessionid=" + session(UUID.randomUUID()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("Seen-Authorization")
                .expectHeader()
                .doesNotExist("Seen-Cookie");
    }

    @Test
    void aRevokedKeyEndsAtOnceAlthoughItsAnswerIsRemembered() {
        UUID user = UUID.randomUUID();
        String id = "key_" + UUID.randomUUID().toString().substring(0, 16);
        String key = secret("cdz_");
        hold(key, answer(user, null, id, List.of("tracks:read")));
        String cookie = session(user);
        get("/api/v1/tracks", "X-API-Key", key).isOk();
        get("/api/denoise/files/", "Cookie", "sessionid=" + cookie).isOk();
        Upstreams.IDENTITIES.clear();
        get("/api/v1/tracks", "X-API-Key", key).isOk();
        revoke("key", id, null);
        await().untilAsserted(() -> get("/api/v1/tracks", "X-API-Key", key).isUnauthorized());
        // a user's revocation ends the rest, also tokens
        String token = TestIssuer.user(user, 7, "ann");
        get("/api/v1/tracks", "Authorization", "Bearer " + token).isOk();
        revoke("user", user.toString(), null);
        await().untilAsserted(() ->
                get("/api/v1/tracks", "Authorization", "Bearer " + token).isUnauthorized());
        client.get()
                .uri("/api/denoise/files/")
                .header("Cookie", "sessionid=" + cookie)
                .exchange()
                .expectHeader()
                .doesNotExist("Seen-Authorization");
    }

    @Test
    void aChangeOfRolesMakesANewTokenOfTheSameKey() {
        UUID user = UUID.randomUUID();
        String key = key(user, "tracks:read");
        String first = seenToken(key);
        assertThat(seenToken(key)).isEqualTo(first);
        // tokens count seconds
        await().until(() -> Instant.now().getNano() < 500_000_000);
        revoke("user", user.toString(), Instant.now());
        await().untilAsserted(() -> assertThat(seenToken(key)).isNotEqualTo(first));
    }

    @Test
    void authServiceAwayMeans503ForNewOnesWhileKnownOnesGoOn() {
        String known = key(UUID.randomUUID(), "tracks:read");
        get("/api/v1/tracks", "X-API-Key", known).isOk();
        String unknown = key(UUID.randomUUID(), "tracks:read", "generation:read");
        Upstreams.stop("auth");
        try {
            for (int i = 0; i < 8; i++) {
                get("/api/v1/tracks", "X-API-Key", known).isOk();
                client.get()
                        .uri("/v1/ai/generations")
                        .header("X-API-Key", unknown)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .valueMatches("Retry-After", "[1-9][0-9]*")
                        .expectBody()
                        .jsonPath("$.error.code")
                        .isEqualTo("IDENTITY_UNAVAILABLE");
            }
        } finally {
            Upstreams.start("auth");
        }
        await().untilAsserted(
                        () -> get("/v1/ai/generations", "X-API-Key", unknown).isOk());
    }

    @Test
    void tokensOfAuthServiceItselfDoNotComeFromOutside() {
        String stolen = TestIssuer.token(UUID.randomUUID(), "ann")
                .key("key_0000000000000001", "tracks:write")
                .internal()
                .sign();
        get("/api/v1/tracks", "Authorization", "Bearer " + stolen).isUnauthorized();
    }

    @Test
    void whatLooksAtNobodyTakesAnyTokenAndPassesNone() {
        for (String value : new String[] {
            "Bearer " + TestIssuer.expired(UUID.randomUUID(), "ann"), "Bearer rubbish", "Bearer " + secret("cdz_")
        }) {
            for (String path :
                    new String[] {"/api/v1/auth/login", "/api/auth/token/refresh/", "/musewave/users/create/"}) {
                client.post()
                        .uri(path)
                        .header("Authorization", value)
                        .header("X-API-Key", secret("cdz_"))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .doesNotExist("Seen-Authorization")
                        .expectHeader()
                        .doesNotExist("Seen-X-API-Key");
            }
        }
        get("/nothing", "Authorization", "Bearer " + secret("cdz_")).isNotFound();
    }

    @Test
    void webSocketsOpenWithAKeyOrASession() {
        for (HttpHeaders headers : List.of(
                headers("X-API-Key", key(UUID.randomUUID(), "processing:read")),
                headers("Cookie", "sessionid=" + session(UUID.randomUUID())),
                headers("Authorization", "Bearer " + TestIssuer.user(UUID.randomUUID(), 7, "ann")))) {
            AtomicReference<String> heard = new AtomicReference<>("");
            new ReactorNettyWebSocketClient()
                    .execute(
                            URI.create("ws://127.0.0.1:" + port + "/ws/processing/"),
                            headers,
                            socket -> socket.send(Mono.just(socket.textMessage("hello")))
                                    .then(socket.receive()
                                            .next()
                                            .map(WebSocketMessage::getPayloadAsText)
                                            .doOnNext(heard::set)
                                            .then()))
                    .block(Duration.ofSeconds(10));
            assertThat(heard.get()).startsWith("echo hello with Bearer ey");
        }
    }

    private StatusAssertions get(String path, String header, String value) {
        return client.get().uri(path).header(header, value).exchange().expectStatus();
    }

    private RequestHeadersSpec<?> cookie(HttpMethod method, String path, String value) {
        return client.method(method).uri(path).header("Cookie", "sessionid=" + value);
    }

    private String seenToken(String key) {
        String seen = client.get()
                .uri("/api/v1/tracks")
                .header("X-API-Key", key)
                .exchange()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getFirst("Seen-Authorization");
        return seen == null ? "" : seen;
    }

    private static HttpHeaders headers(String name, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(name, value);
        return headers;
    }

    private static String key(UUID user, String... scopes) {
        String secret = secret("cdz_");
        hold(secret, answer(user, null, "key_" + secret.substring(4, 20), List.of(scopes)));
        return secret;
    }

    private static String session(UUID user) {
        String secret = secret("");
        hold(secret, answer(user, "sid-" + secret.substring(0, 16), null, List.of()));
        return secret;
    }

    private static void hold(String secret, Map<String, Object> answer) {
        Upstreams.IDENTITIES.put(secret, () -> JSON.writeValueAsString(withToken(answer)));
    }

    private static Map<String, Object> answer(
            UUID user, @Nullable String session, @Nullable String keyId, List<String> scopes) {
        return Stream.of(
                        entry("user_id", user.toString()),
                        entry("session", session),
                        entry("csrf_token", session == null ? null : CSRF),
                        entry("key_id", keyId),
                        entry("scopes", keyId == null ? null : scopes),
                        entry("requests_per_minute", keyId == null ? null : 100_000))
                .flatMap(entry -> entry.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, Object> entry(String name, @Nullable Object value) {
        return value == null ? Map.of() : Map.of(name, value);
    }

    private static Map<String, Object> withToken(Map<String, Object> answer) {
        Map<String, Object> complete = new java.util.HashMap<>(answer);
        complete.put(
                "token",
                TestIssuer.token(UUID.fromString(String.valueOf(answer.get("user_id"))), "ann")
                        .internal()
                        .lasting(Duration.ofMinutes(2))
                        .sign());
        complete.put("expires_at", Instant.now().plusSeconds(120).toString());
        return complete;
    }

    private static void revoke(String kind, String subject, @Nullable Instant issuedBefore) {
        Published.event(
                "auth.revocation.v1",
                UUID.randomUUID(),
                1,
                "auth.revocation.added",
                new Revocation(kind, subject, issuedBefore, Instant.now().plusSeconds(600)),
                Instant.now());
    }

    private static String secret(String mark) {
        byte[] bytes = new byte[36];
        RANDOM.nextBytes(bytes);
        return mark + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
