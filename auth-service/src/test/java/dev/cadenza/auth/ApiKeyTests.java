package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.core.identity.Area;
import dev.cadenza.platform.testing.DocumentedJson;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** API keys and roles over HTTP. */
class ApiKeyTests extends AuthServiceIT {

    private static final String KEYS = "/api/v1/api-keys";

    private static final String A_KEY = """
            {"id":"key_0123456789abcdef","name":"text","prefix":"text","scopes":["text"],"requests_per_minute":1,
             "status":"active","created_at":"2026-01-01T00:00:00Z","expires_at":"2026-01-01T00:00:00Z",
             "revoked_at":null,"last_used_at":null,"last_used_ip":null}""";

    /** Somebody with a login. */
    private record User(UUID id, WebTestClient client) {}

    private User user() {
        String name = name();
        JsonNode registered = register(name, address(name));
        return new User(id(registered), as(access(registered.get("data"))));
    }

    private WebTestClient as(String token) {
        return client.mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(token))
                .build();
    }

    private static Map<String, Object> wish(String... scopes) {
        Map<String, Object> wish = new HashMap<>();
        wish.put("name", "my program");
        wish.put("scopes", List.of(scopes));
        return wish;
    }

    private JsonNode create(User user, Map<String, Object> wish) {
        return body(user.client()
                        .post()
                        .uri(KEYS)
                        .bodyValue(wish)
                        .exchange()
                        .expectStatus()
                        .isCreated())
                .get("data");
    }

    private JsonNode show(User user, String id) {
        return body(user.client()
                        .get()
                        .uri(KEYS + "/" + id)
                        .exchange()
                        .expectStatus()
                        .isOk())
                .at("/data/api_key");
    }

    private WebTestClient.ResponseSpec exchange(String secret, String ip) {
        return client.post()
                .uri("/internal/exchange")
                .header("X-Forwarded-For", ip)
                .bodyValue(Map.of("api_key", secret))
                .exchange();
    }

    private void assertOpens(String secret, boolean opens) {
        exchange(secret, "192.0.2.7").expectStatus().isEqualTo(opens ? 200 : 401);
    }

    private static String id(JsonNode made, String pointer) {
        return made.at(pointer).asString();
    }

    private List<String> audited(UUID account) {
        return events("auth.security.v1", account).stream()
                .map(event -> event.get("data"))
                .filter(data -> data.get("action").asString().startsWith("api_key."))
                .map(data ->
                        data.get("action").asString() + " " + data.get("target").asString())
                .toList();
    }

    private List<JsonNode> revocations(UUID account) {
        return events("auth.revocation.v1", account).stream()
                .map(event -> event.get("data"))
                .toList();
    }

    // ---- making --------------------------------------------------------------------------------------------------

    @Test
    void aKeyIsMadeShownOnceAndListedWithoutItsSecret() {
        User user = user();
        Map<String, Object> wish = wish("tracks:read", "generation:write");
        wish.put("expires_in_days", 30);
        wish.put("requests_per_minute", 120);
        WebTestClient.ResponseSpec answer =
                user.client().post().uri(KEYS).bodyValue(wish).exchange();
        answer.expectStatus().isCreated().expectHeader().valueEquals("Cache-Control", "no-store");
        String text = text(answer);
        DocumentedJson.assertShape(text, "{\"success\":true,\"data\":{\"api_key\":" + A_KEY + ",\"secret\":\"text\"}}");
        JsonNode made = json.readTree(text).get("data");
        String secret = made.get("secret").asString();
        JsonNode key = made.get("api_key");
        assertThat(key.get("name").asString()).isEqualTo("my program");
        assertThat(key.get("scopes").toString()).isEqualTo("[\"tracks:read\",\"generation:write\"]");
        assertThat(key.get("requests_per_minute").asInt()).isEqualTo(120);
        assertThat(secret).startsWith(key.get("prefix").asString());
        assertThat(Duration.between(
                        Instant.parse(key.get("created_at").asString()),
                        Instant.parse(key.get("expires_at").asString())))
                .isEqualTo(Duration.ofDays(30));
        assertOpens(secret, true);

        JsonNode second = create(user, wish("playlists:read"));
        assertThat(second.at("/api_key/requests_per_minute").asInt()).isEqualTo(600);
        assertThat(second.at("/api_key/expires_at").isNull()).isTrue();
        String list =
                text(user.client().get().uri(KEYS).exchange().expectStatus().isOk());
        assertThat(list).doesNotContain(secret).doesNotContain("secret").doesNotContain("hash");
        assertThat(json.readTree(list).at("/data/api_keys"))
                .extracting(one -> one.get("id").asString())
                .containsExactly(id(second, "/api_key/id"), id(made, "/api_key/id"));
        assertThat(show(user, id(made, "/api_key/id")).get("name").asString()).isEqualTo("my program");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(audited(user.id()))
                        .containsExactly(
                                "api_key.created " + id(made, "/api_key/id"),
                                "api_key.created " + id(second, "/api_key/id")));
        assertThat(events("auth.security.v1", user.id()).toString()).doesNotContain(secret);
    }

    @Test
    void everythingThatIsWrongIsNamed() {
        User user = user();
        assertInvalid(user, Map.of(), "name", "scopes");
        assertInvalid(user, change("name", "  "), "name");
        assertInvalid(user, change("name", "x".repeat(101)), "name");
        assertInvalid(user, change("name", "a\nb"), "name");
        assertInvalid(user, change("scopes", List.of()), "scopes");
        assertInvalid(user, change("scopes", List.of("tracks:delete")), "scopes");
        assertInvalid(user, change("scopes", List.of("tracks:*")), "scopes");
        assertInvalid(user, change("scopes", List.of("admin:read")), "scopes");
        assertInvalid(user, change("scopes", Collections.singletonList(null)), "scopes");
        assertInvalid(user, change("expires_in_days", 0), "expires_in_days");
        assertInvalid(user, change("expires_in_days", 4_000), "expires_in_days");
        assertInvalid(user, change("expires_at", "2020-01-01T00:00:00Z"), "expires_at");
        assertInvalid(user, change("expires_at", "+999999999-01-01T00:00:00Z"), "expires_at");
        assertInvalid(user, change("expires_at", "tomorrow"), "expires_at");
        assertInvalid(user, change("requests_per_minute", 0), "requests_per_minute");
        assertInvalid(user, change("requests_per_minute", 6_001), "requests_per_minute");
        Map<String, Object> both = change("expires_at", "2090-01-01T00:00:00Z");
        both.put("expires_in_days", 3);
        assertInvalid(user, both, "expires_at");
        user.client()
                .post()
                .uri(KEYS)
                .bodyValue(change("scopes", List.of("nothing:read")))
                .exchange()
                .expectBody()
                .jsonPath("$.error.details[0].message")
                .value(message -> assertThat(message)
                        .asInstanceOf(InstanceOfAssertFactories.STRING)
                        .contains("tracks:read")
                        .contains("profile:write")
                        .doesNotContain("admin:"));
        assertThat(body(user.client().get().uri(KEYS).exchange()).at("/data/api_keys"))
                .isEmpty();
    }

    @Test
    void whatCannotBeReadIs400() {
        User user = user();
        for (Object value : List.of("text", List.of(), Map.of("$gt", 0), "1" + "0".repeat(400))) {
            assertThat(status(user, change("requests_per_minute", value))).isEqualTo(400);
            assertThat(status(user, change("expires_in_days", value))).isEqualTo(400);
        }
        for (Object value : List.of(List.of(), Map.of("$ne", ""))) {
            assertThat(status(user, change("name", value))).isEqualTo(400);
            assertThat(status(user, change("expires_at", value))).isEqualTo(400);
        }
        for (Object value : List.of("tracks:read", Map.of("$gt", ""), List.of(Map.of()))) {
            assertThat(status(user, change("scopes", value))).isEqualTo(400);
        }
        for (String text : List.of("", "[]", "null", "{", "\"text\"")) {
            user.client()
                    .post()
                    .uri(KEYS)
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(text)
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
    }

    @Test
    void ofManyThatAreMadeTogetherNoneIsTooMany() {
        User user = user();
        List<Integer> statuses = Flux.range(0, 12)
                .flatMap(
                        i -> Mono.fromCallable(() -> statusWithRepeats(user, wish("tracks:read")))
                                .subscribeOn(Schedulers.boundedElastic()),
                        12)
                .collectList()
                .block();
        assertThat(statuses).hasSize(12).containsOnly(201, 409);
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(6);
        JsonNode keys = body(user.client().get().uri(KEYS).exchange()).at("/data/api_keys");
        assertThat(keys).hasSize(6);
        user.client()
                .post()
                .uri(KEYS)
                .bodyValue(wish("tracks:read"))
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("API_KEY_TOO_MANY");
        user.client()
                .delete()
                .uri(KEYS + "/" + keys.get(0).get("id").asString())
                .exchange()
                .expectStatus()
                .isOk();
        create(user, wish("tracks:read"));
    }

    // ---- using ---------------------------------------------------------------------------------------------------

    @Test
    void itIsSeenWhenAndFromWhereAKeyWasUsed() {
        User user = user();
        JsonNode made = create(user, wish("tracks:read"));
        Instant before = Instant.now().minusSeconds(1);
        String secret = made.get("secret").asString();
        exchange(secret, "192.0.2.99").expectStatus().isOk();
        String id = id(made, "/api_key/id");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !show(user, id).get("last_used_at").isNull());
        JsonNode key = show(user, id);
        assertThat(key.get("last_used_ip").asString()).isEqualTo("192.0.2.99");
        assertThat(Instant.parse(key.get("last_used_at").asString())).isAfter(before);
        // using it says nothing to others
        assertThat(audited(user.id())).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aKeyThatExpiresOpensNothingAnyMore() {
        User user = user();
        JsonNode made =
                create(user, change("expires_at", Instant.now().plusSeconds(3).toString()));
        String secret = made.get("secret").asString();
        String id = id(made, "/api_key/id");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> show(user, id).get("status").asString().equals("expired"));
        assertOpens(secret, false);
        user.client()
                .post()
                .uri(KEYS + "/" + id + "/rotate")
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("API_KEY_NOT_ACTIVE");
    }

    @Test
    void aRevokedKeyOpensNothingAnyMoreAndEverybodyHearsOfIt() {
        User user = user();
        JsonNode made = create(user, wish("tracks:read"));
        String id = id(made, "/api_key/id");
        String secret = made.get("secret").asString();
        assertOpens(secret, true);
        for (int i = 0; i < 2; i++) {
            user.client()
                    .delete()
                    .uri(KEYS + "/" + id)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .json(
                            "{\"success\":true,\"data\":{\"message\":\"API key revoked successfully\"}}",
                            JsonCompareMode.STRICT);
            assertOpens(secret, false);
        }
        JsonNode key = show(user, id);
        assertThat(key.get("status").asString()).isEqualTo("revoked");
        assertThat(key.get("revoked_at").isNull()).isFalse();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(audited(user.id()))
                        .containsExactly("api_key.created " + id, "api_key.revoked " + id));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(revocations(user.id())).hasSize(1));
        JsonNode revocation = revocations(user.id()).getFirst();
        assertThat(revocation.get("kind").asString()).isEqualTo("key");
        assertThat(revocation.get("subject").asString()).isEqualTo(id);
        assertThat(Instant.parse(revocation.get("until").asString())).isAfter(Instant.now());
    }

    @Test
    void rotatingGivesANewSecretAndEndsTheOldOne() {
        User user = user();
        JsonNode made = create(user, wish("tracks:read"));
        String id = id(made, "/api_key/id");
        WebTestClient.ResponseSpec answer =
                user.client().post().uri(KEYS + "/" + id + "/rotate").exchange();
        answer.expectStatus().isOk().expectHeader().valueEquals("Cache-Control", "no-store");
        JsonNode rotated = body(answer).get("data");
        assertThat(id(rotated, "/api_key/id")).isEqualTo(id);
        assertThat(rotated.at("/api_key/name")).isEqualTo(made.at("/api_key/name"));
        assertOpens(made.get("secret").asString(), false);
        String second = rotated.get("secret").asString();
        assertOpens(second, true);

        JsonNode gently = body(user.client()
                        .post()
                        .uri(KEYS + "/" + id + "/rotate")
                        .bodyValue(Map.of("grace_seconds", 600))
                        .exchange()
                        .expectStatus()
                        .isOk())
                .get("data");
        assertOpens(second, true);
        assertOpens(gently.get("secret").asString(), true);
        for (int seconds : new int[] {-1, 86_401}) {
            user.client()
                    .post()
                    .uri(KEYS + "/" + id + "/rotate")
                    .bodyValue(Map.of("grace_seconds", seconds))
                    .exchange()
                    .expectStatus()
                    .isEqualTo(422)
                    .expectBody()
                    .jsonPath("$.error.details[0].field")
                    .isEqualTo("grace_seconds");
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(audited(user.id()))
                        .containsExactly("api_key.created " + id, "api_key.rotated " + id, "api_key.rotated " + id));
    }

    // ---- whose ---------------------------------------------------------------------------------------------------

    @Test
    void somebodyElsesKeysAreNotThere() {
        User owner = user();
        User other = user();
        String id = id(create(owner, wish("tracks:read")), "/api_key/id");
        create(other, wish("tracks:read"));
        User newcomer = user();
        for (User somebody : List.of(other, newcomer)) {
            for (String key : List.of(id, "key_0000000000000000", "x", "%7B%22$gt%22:%22%22%7D")) {
                for (WebTestClient.ResponseSpec answer : List.of(
                        somebody.client().get().uri(path(key, "")).exchange(),
                        somebody.client().delete().uri(path(key, "")).exchange(),
                        somebody.client().post().uri(path(key, "/rotate")).exchange())) {
                    answer.expectStatus().isNotFound();
                }
            }
        }
        assertThat(show(owner, id).get("status").asString()).isEqualTo("active");
        for (WebTestClient.ResponseSpec answer : List.of(
                client.get().uri(KEYS).exchange(),
                client.post().uri(KEYS).bodyValue(wish("tracks:read")).exchange(),
                client.delete().uri(KEYS + "/" + id).exchange())) {
            answer.expectStatus().isUnauthorized();
        }
    }

    @Test
    void noKeyMakesOrSeesKeys() {
        User user = user();
        Map<String, Object> all = wish();
        List<String> scopes = new ArrayList<>();
        for (Area area : Area.values()) {
            if (area != Area.ADMIN) {
                scopes.add(area.scope(true));
            }
        }
        all.put("scopes", scopes);
        JsonNode made = create(user, all);
        String id = id(made, "/api_key/id");
        WebTestClient withKey = as(body(exchange(made.get("secret").asString(), "192.0.2.7"))
                .get("token")
                .asString());
        for (WebTestClient.ResponseSpec answer : List.of(
                withKey.get().uri(KEYS).exchange(),
                withKey.get().uri(KEYS + "/" + id).exchange(),
                withKey.post().uri(KEYS).bodyValue(wish("tracks:read")).exchange(),
                withKey.post().uri(KEYS + "/" + id + "/rotate").exchange(),
                withKey.delete().uri(KEYS + "/" + id).exchange())) {
            answer.expectStatus()
                    .isForbidden()
                    .expectBody()
                    .jsonPath("$.error.code")
                    .isEqualTo("AUTH_KEY_NOT_ALLOWED");
        }
        // roles are no secret
        withKey.get().uri("/api/v1/roles").exchange().expectStatus().isOk();
    }

    // ---- roles ---------------------------------------------------------------------------------------------------

    @Test
    void rolesAreShownAsDocumented() {
        User user = user();
        String text = text(user.client()
                .get()
                .uri("/api/v1/roles")
                .exchange()
                .expectStatus()
                .isOk());
        DocumentedJson.assertShape(text, """
                {"success": true, "data": {"roles": [
                  {"id": "550e8400-e29b-41d4-a716-446655440000", "name": "admin", "permissions": ["all"]}]}}
                """);
        JsonNode roles = json.readTree(text).at("/data/roles");
        assertThat(roles)
                .extracting(role -> role.get("name").asString())
                .containsExactly("user", "artist", "partner", "admin");
        for (JsonNode role : roles) {
            String one = text(user.client()
                    .get()
                    .uri("/api/v1/roles/" + role.get("id").asString())
                    .exchange()
                    .expectStatus()
                    .isOk());
            DocumentedJson.assertShape(one, """
                    {"success": true, "data": {"role":
                      {"id": "550e8400-e29b-41d4-a716-446655440000", "name": "admin", "permissions": ["all"]}}}
                    """);
            assertThat(json.readTree(one).at("/data/role")).isEqualTo(role);
            assertThat(role.get("permissions").toString().equals("[\"all\"]"))
                    .isEqualTo(role.get("name").asString().equals("admin"));
        }
    }

    @Test
    void unknownRolesAre404AndNobodySeesRoles() {
        User user = user();
        user.client()
                .get()
                .uri("/api/v1/roles/" + UUID.randomUUID())
                .exchange()
                .expectStatus()
                .isNotFound();
        user.client().get().uri("/api/v1/roles/admin").exchange().expectStatus().isBadRequest();
        client.get().uri("/api/v1/roles").exchange().expectStatus().isUnauthorized();
    }

    // ---- means ---------------------------------------------------------------------------------------------------

    private URI path(String key, String rest) {
        return URI.create("http://127.0.0.1:" + port + KEYS + "/" + key + rest);
    }

    private static Map<String, Object> change(String field, @Nullable Object value) {
        Map<String, Object> wish = wish("tracks:read");
        wish.put(field, value);
        return wish;
    }

    private int status(User user, Map<String, Object> wish) {
        return user.client()
                .post()
                .uri(KEYS)
                .bodyValue(wish)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    /** A write that lost too many races in a row is repeated, as a client would. */
    private int statusWithRepeats(User user, Map<String, Object> wish) {
        while (true) {
            WebTestClient.ResponseSpec answer =
                    user.client().post().uri(KEYS).bodyValue(wish).exchange();
            var result = answer.expectBody(String.class).returnResult();
            if (result.getStatus().value() != 409
                    || !String.valueOf(result.getResponseBody()).contains("STALE")) {
                return result.getStatus().value();
            }
        }
    }

    private void assertInvalid(User user, Map<String, ?> wish, String... fields) {
        user.client()
                .post()
                .uri(KEYS)
                .bodyValue(wish)
                .exchange()
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("VALIDATION_ERROR")
                .jsonPath("$.error.details[*].field")
                .value(found -> assertThat(found)
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .containsExactly((Object[]) fields));
    }
}
