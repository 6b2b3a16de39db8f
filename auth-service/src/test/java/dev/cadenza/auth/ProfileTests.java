package dev.cadenza.auth;

import static dev.cadenza.platform.testing.DocumentedJson.assertShape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.core.Ids;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Profiles in the veza dialect: shown, changed, how complete, and the end of an account. */
class ProfileTests extends AuthServiceIT {

    private static final String AVATAR = "https://cdn.veza.app/avatars/user123.jpg";

    @Test
    void answersAsDocumented() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String token = access(registered.get("data"));
        String updated =
                text(put(token, id, documentedUpdate(name)).expectStatus().isOk());
        assertShape(updated, """
                {"success":true,"data":{"profile":{"id":"550e8400-e29b-41d4-a716-446655440000","username":"johndoe",
                "bio":"Updated bio","first_name":"John","last_name":"Doe"}}}
                """);
        put(token, id, Map.of("avatar", AVATAR)).expectStatus().isOk();
        assertShape(text(get(token, "/api/v1/users/" + id).expectStatus().isOk()), """
                {"success":true,"data":{"profile":{"id":"550e8400-e29b-41d4-a716-446655440000","username":"johndoe",
                "email":"john@example.com","bio":"Music producer","avatar":"https://cdn.veza.app/avatars/user123.jpg",
                "location":"Paris, France","created_at":"2025-01-01T00:00:00Z"}}}
                """);
        assertShape(
                text(get(null, "/api/v1/users/by-username/" + name)
                        .expectStatus()
                        .isOk()),
                """
                {"success":true,"data":{"profile":{"id":"550e8400-e29b-41d4-a716-446655440000","username":"johndoe",
                "bio":"Music producer","avatar":"https://cdn.veza.app/avatars/user123.jpg"}}}
                """);
        put(token, id, Map.of("bio", "", "avatar", "")).expectStatus().isOk();
        String completion = text(
                get(token, "/api/v1/users/" + id + "/completion").expectStatus().isOk());
        assertShape(completion, """
                {"success":true,"data":{"completion_percentage":75,"missing_fields":["bio","avatar"]}}
                """);
        assertThat(json.readTree(completion)
                        .get("data")
                        .get("completion_percentage")
                        .asInt())
                .isEqualTo(75);
        assertShape(
                text(send(HttpMethod.DELETE, token, "/api/v1/users/" + id)
                        .expectStatus()
                        .isOk()),
                """
                {"success":true,"data":{"message":"Account deleted successfully"}}
                """);
    }

    @Test
    void whatOnlyTheOwnerAndAdministratorsSee() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String token = access(registered.get("data"));
        put(token, id, documentedUpdate(name)).expectStatus().isOk();
        String other = name();
        String stranger = access(register(other, address(other)).get("data"));
        for (String path :
                List.of("/api/v1/users/" + id, "/api/v1/users/by-username/" + name.toUpperCase(Locale.ROOT))) {
            for (String owner : List.of(token, administrator())) {
                JsonNode profile = profile(get(owner, path));
                assertThat(profile.propertyNames())
                        .containsExactlyInAnyOrder(
                                "id",
                                "username",
                                "email",
                                "first_name",
                                "last_name",
                                "display_name",
                                "bio",
                                "gender",
                                "avatar",
                                "header_url",
                                "location",
                                "website",
                                "social_links",
                                "verified",
                                "created_at",
                                "updated_at");
                assertThat(profile.get("email").asString()).isEqualTo(address(name));
                assertThat(profile.get("gender").asString()).isEqualTo("Male");
            }
            for (String none : new @Nullable String[] {null, stranger}) {
                WebTestClient.ResponseSpec answer = get(none, path);
                String text = text(answer.expectStatus().isOk());
                assertThat(text).doesNotContain(address(name), "Male", "\"Doe\"");
                assertThat(json.readTree(text).get("data").get("profile").propertyNames())
                        .containsExactlyInAnyOrder(
                                "id",
                                "username",
                                "display_name",
                                "bio",
                                "avatar",
                                "header_url",
                                "location",
                                "website",
                                "social_links",
                                "verified",
                                "created_at");
            }
        }
    }

    @Test
    void whoMayDoWhat() {
        String name = name();
        JsonNode registered = register(name, address(name));
        String path = "/api/v1/users/" + id(registered);
        String owner = access(registered.get("data"));
        String otherName = name();
        String other = access(register(otherName, address(otherName)).get("data"));
        String admin = administrator();
        Map<String, ?> bio = Map.of("bio", "By whom?");
        // owner, other, nobody, admin
        assertStatuses(HttpMethod.GET, path, null, 200, 200, 200, 200, owner, other, admin);
        assertStatuses(
                HttpMethod.GET, "/api/v1/users/by-username/" + name, null, 200, 200, 200, 200, owner, other, admin);
        assertStatuses(HttpMethod.PUT, path, bio, 200, 403, 401, 200, owner, other, admin);
        assertStatuses(HttpMethod.GET, path + "/completion", null, 200, 404, 401, 200, owner, other, admin);
        assertStatuses(HttpMethod.DELETE, path + "/avatar", null, 200, 403, 401, 200, owner, other, admin);
        assertStatuses(HttpMethod.DELETE, path, null, 0, 403, 401, 0, owner, other, admin);
        String unknown = "/api/v1/users/" + Ids.next();
        assertStatuses(HttpMethod.GET, unknown, null, 404, 404, 404, 404, owner, other, admin);
        assertStatuses(
                HttpMethod.GET, "/api/v1/users/by-username/no-such-one", null, 404, 404, 404, 404, owner, other, admin);
        assertStatuses(HttpMethod.PUT, unknown, bio, 404, 404, 401, 404, owner, other, admin);
        assertStatuses(HttpMethod.GET, unknown + "/completion", null, 404, 404, 401, 404, owner, other, admin);
        assertStatuses(HttpMethod.DELETE, unknown + "/avatar", null, 404, 404, 401, 404, owner, other, admin);
        assertStatuses(HttpMethod.DELETE, unknown, null, 404, 404, 401, 404, owner, other, admin);
        assertStatuses(HttpMethod.GET, "/api/v1/users/5", null, 400, 400, 400, 400, owner, other, admin);
        assertStatuses(HttpMethod.HEAD, path, null, 200, 200, 200, 200, owner, other, admin);
        assertThat(profile(get(owner, path)).get("bio").asString()).isEqualTo("By whom?");
    }

    @Test
    void anAdministratorsChangeIsRecordedWithTheirName() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        put(access(registered.get("data")), id, Map.of("bio", "Mine"))
                .expectStatus()
                .isOk();
        String admin = administrator();
        put(admin, id, Map.of("display_name", "Renamed")).expectStatus().isOk();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<JsonNode> changes = events("auth.security.v1", id).stream()
                    .filter(event -> event.get("data").get("action").asString().equals("profile.updated"))
                    .toList();
            assertThat(changes).hasSize(2);
            assertThat(changes.getFirst().get("data").path("actorId").isNull()
                            || changes.getFirst().get("data").path("actorId").isMissingNode())
                    .isTrue();
            assertThat(changes.getLast().get("data").get("actorId").asString())
                    .isEqualTo(body(get(admin, "/api/v1/auth/me"))
                            .get("data")
                            .get("id")
                            .asString());
        });
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(events(id))
                        .anySatisfy(event -> assertThat(
                                        event.get("data").path("displayName").asString(""))
                                .isEqualTo("Renamed")));
    }

    @Test
    void aNewNameWorksEverywhereAndATakenOneIsRefused() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String token = access(registered.get("data"));
        String taken = name();
        register(taken, address(taken));
        put(token, id, Map.of("username", taken.toUpperCase(Locale.ROOT), "bio", "x"))
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("USERNAME_TAKEN");
        String next = "New." + name;
        assertThat(profile(put(token, id, Map.of("username", next)))
                        .get("username")
                        .asString())
                .isEqualTo(next);
        logIn(next, PASSWORD).expectStatus().isOk();
        get(null, "/api/v1/users/by-username/" + name).expectStatus().isNotFound();
        assertThat(profile(get(null, "/api/v1/users/by-username/" + next.toLowerCase(Locale.ROOT)))
                        .get("bio")
                        .isNull())
                .isTrue();
        // in another case it is still theirs
        put(token, id, Map.of("username", next.toUpperCase(Locale.ROOT)))
                .expectStatus()
                .isOk();
    }

    @Test
    void completeIsWhatHasEverything() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String token = access(registered.get("data"));
        JsonNode start = body(get(token, "/api/v1/users/" + id + "/completion")).get("data");
        assertThat(start.get("completion_percentage").asInt()).isEqualTo(25);
        assertThat(start.get("missing_fields"))
                .extracting(JsonNode::asString)
                .containsExactly("first_name", "last_name", "bio", "avatar", "location", "gender");
        put(token, id, documentedUpdate(name)).expectStatus().isOk();
        put(token, id, Map.of("avatar", AVATAR)).expectStatus().isOk();
        JsonNode end = body(get(token, "/api/v1/users/" + id + "/completion")).get("data");
        assertThat(end.get("completion_percentage").asInt()).isEqualTo(100);
        assertThat(end.get("missing_fields")).isEmpty();
    }

    @Test
    void wrongFieldsAreNamedAndNothingIsChanged() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String token = access(registered.get("data"));
        String answer =
                text(put(token, id, Map.of("bio", "x".repeat(501), "website", "javascript:alert(1)", "username", "a"))
                        .expectStatus()
                        .isEqualTo(422));
        assertThat(json.readTree(answer).get("error").get("details"))
                .extracting(detail -> detail.get("field").asString())
                .containsExactlyInAnyOrder("bio", "website", "username");
        for (Object value : List.of(Map.of("$gt", ""), List.of("x"), 5, true)) {
            put(token, id, Map.of("bio", value)).expectStatus().isEqualTo(422);
        }
        for (String body : new String[] {
            "{not json", "[]", "null", "\"text\"", "", "{\"bio\":\"\\ud800\"}", "{\"bio\":\"\\u0000\"}"
        }) {
            client.put()
                    .uri("/api/v1/users/" + id)
                    .headers(headers -> headers.setBearerAuth(token))
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).isIn(400, 422))
                    .expectBody()
                    .jsonPath("$.success")
                    .isEqualTo(false);
        }
        client.put()
                .uri("/api/v1/users/" + id)
                .headers(headers -> headers.setBearerAuth(token))
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("x")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
        assertThat(profile(get(token, "/api/v1/users/" + id)).get("bio").isNull())
                .isTrue();
    }

    @Test
    void nobodyMakesThemselvesMoreThanTheyAre() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String token = access(registered.get("data"));
        Map<String, Object> body = new HashMap<>(Map.of(
                "role",
                "admin",
                "roles",
                List.of("admin"),
                "verified",
                true,
                "number",
                1,
                "email",
                "other@example.org",
                "id",
                Ids.next().toString(),
                "locked",
                true,
                "password",
                "Another-password-1"));
        body.put("bio", "Still me");
        JsonNode profile = profile(put(token, id, body));
        assertThat(profile.get("bio").asString()).isEqualTo("Still me");
        assertThat(profile.get("id").asString()).isEqualTo(id.toString());
        assertThat(profile.get("email").asString()).isEqualTo(address(name));
        assertThat(profile.get("verified").asBoolean()).isFalse();
        JsonNode login = body(logIn(name, PASSWORD).expectStatus().isOk()).get("data");
        assertThat(body(get(access(login), "/api/v1/auth/me"))
                        .get("data")
                        .get("role")
                        .asString())
                .isEqualTo("user");
        get(access(login), "/api/v1/admin/users").expectStatus().isForbidden();
    }

    @Test
    void unknownFieldsClearNothingAndNullClears() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String token = access(registered.get("data"));
        put(token, id, documentedUpdate(name)).expectStatus().isOk();
        assertThat(profile(put(token, id, Map.of("x", 1))).get("bio").asString())
                .isEqualTo("Updated bio");
        JsonNode cleared = profile(put(token, id, Collections.singletonMap("bio", null)));
        assertThat(cleared.get("bio").isNull()).isTrue();
        assertThat(cleared.get("location").asString()).isEqualTo("New York, USA");
    }

    @Test
    void aDeletedAccountIsGoneForEverybody() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String token = access(registered.get("data"));
        send(HttpMethod.DELETE, token, "/api/v1/users/" + id).expectStatus().isOk();
        get(null, "/api/v1/users/" + id).expectStatus().isNotFound();
        get(null, "/api/v1/users/by-username/" + name).expectStatus().isNotFound();
        get(null, "/musewave/users/" + id + "/").expectStatus().isNotFound();
        logIn(name, PASSWORD).expectStatus().isUnauthorized();
        awaitRefusal(token);
        String admin = administrator();
        send(HttpMethod.DELETE, admin, "/api/v1/users/" + id).expectStatus().isNotFound();
        put(admin, id, Map.of("bio", "x")).expectStatus().isNotFound();
    }

    @Test
    void anAdministratorDeletesToo() {
        String name = name();
        UUID id = id(register(name, address(name)));
        String admin = administrator();
        send(HttpMethod.DELETE, admin, "/api/v1/users/" + id).expectStatus().isOk();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(events("auth.security.v1", id)).anySatisfy(event -> {
                    assertThat(event.get("data").get("action").asString()).isEqualTo("account.deleted");
                    assertThat(event.get("data").path("actorId").asString("")).isNotEmpty();
                }));
    }

    @Test
    void anApiKeyChangesTheProfileButNeverEndsTheAccount() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String key = keyToken(access(registered.get("data")), "profile:write");
        put(key, id, Map.of("bio", "By a program")).expectStatus().isOk();
        send(HttpMethod.DELETE, key, "/api/v1/users/" + id)
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("AUTH_KEY_NOT_ALLOWED");
    }

    @Test
    void anAdministratorsKeyThatMayOnlyLookChangesNothingOfOthers() {
        String name = name();
        UUID id = id(register(name, address(name)));
        String admin = administrator();
        String looking = keyToken(admin, "profile:write", "admin:read");
        assertThat(profile(get(looking, "/api/v1/users/" + id)).get("email").asString())
                .isEqualTo(address(name));
        put(looking, id, Map.of("bio", "x")).expectStatus().isForbidden();
        send(HttpMethod.POST, looking, "/api/v1/admin/users/" + id + "/lock")
                .expectStatus()
                .isForbidden();
        put(keyToken(admin, "profile:write", "admin:write"), id, Map.of("bio", "x"))
                .expectStatus()
                .isOk();
        String withoutAdmin = keyToken(admin, "profile:write");
        put(withoutAdmin, id, Map.of("bio", "y")).expectStatus().isForbidden();
        assertThat(profile(get(withoutAdmin, "/api/v1/users/" + id)).has("email"))
                .isFalse();
    }

    /** An access token as the gateway gets it for a new API key. */
    private String keyToken(String owner, String... scopes) {
        String secret = body(client.post()
                        .uri("/api/v1/api-keys")
                        .headers(headers -> headers.setBearerAuth(owner))
                        .bodyValue(Map.of("name", "test", "scopes", List.of(scopes)))
                        .exchange()
                        .expectStatus()
                        .isCreated())
                .get("data")
                .get("secret")
                .asString();
        return body(client.post()
                        .uri("/internal/exchange")
                        .bodyValue(Map.of("api_key", secret))
                        .exchange()
                        .expectStatus()
                        .isOk())
                .get("token")
                .asString();
    }

    private void assertStatuses(
            HttpMethod method,
            String path,
            @Nullable Map<String, ?> body,
            int owner,
            int other,
            int nobody,
            int admin,
            String ownerToken,
            String otherToken,
            String adminToken) {
        int[] expected = {other, nobody, admin, owner};
        String[] tokens = {otherToken, "", adminToken, ownerToken};
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] > 0) {
                String token = tokens[i];
                WebTestClient.RequestBodySpec request = client.method(method)
                        .uri(path)
                        .headers(headers -> {
                            if (!token.isEmpty()) {
                                headers.setBearerAuth(token);
                            }
                        });
                if (body != null) {
                    request.bodyValue(body);
                }
                request.exchange().expectStatus().isEqualTo(expected[i]);
            }
        }
    }

    private static Map<String, Object> documentedUpdate(String name) {
        return Map.of(
                "username", name,
                "bio", "Updated bio",
                "first_name", "John",
                "last_name", "Doe",
                "location", "New York, USA",
                "gender", "Male");
    }

    private JsonNode profile(WebTestClient.ResponseSpec answer) {
        return body(answer.expectStatus().isOk()).get("data").get("profile");
    }

    private WebTestClient.ResponseSpec put(String token, UUID id, Map<String, ? extends @Nullable Object> body) {
        return client.put()
                .uri("/api/v1/users/" + id)
                .headers(headers -> headers.setBearerAuth(token))
                .bodyValue(body)
                .exchange();
    }

    private WebTestClient.ResponseSpec get(@Nullable String token, String path) {
        return send(HttpMethod.GET, token, path);
    }

    private WebTestClient.ResponseSpec send(HttpMethod method, @Nullable String token, String path) {
        return client.method(method)
                .uri(path)
                .headers(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .exchange();
    }
}
