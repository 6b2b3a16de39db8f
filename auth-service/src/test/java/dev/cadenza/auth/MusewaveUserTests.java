package dev.cadenza.auth;

import static dev.cadenza.platform.testing.DocumentedJson.assertShape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.core.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Users in the musewave dialect. */
class MusewaveUserTests extends AuthServiceIT {

    private static final String[] KEYS = {
        "id",
        "username",
        "email",
        "display_name",
        "bio",
        "avatar_url",
        "header_url",
        "location",
        "website",
        "social_links",
        "verified",
        "created_at",
        "updated_at"
    };

    @Test
    void createsAsDocumentedAndBeginsASession() {
        String name = name();
        EntityExchangeResult<String> created = create(documented(name))
                .expectStatus()
                .isCreated()
                .expectBody(String.class)
                .returnResult();
        assertShape(created.getResponseBody(), """
                {"id":"550e8400-e29b-41d4-a716-446655440000","username":"john_doe","email":"john@example.com",
                "display_name":"John Doe","bio":"Music producer and DJ","verified":false,
                "created_at":"2024-02-04T10:30:00Z","updated_at":"2024-02-04T10:30:00Z"}
                """);
        JsonNode row = json.readTree(created.getResponseBody());
        assertThat(row.propertyNames()).containsExactlyInAnyOrder(KEYS);
        assertThat(row.get("email").asString()).isEqualTo(address(name));
        assertThat(row.get("display_name").asString()).isEqualTo("John Doe");
        assertThat(row.get("verified").asBoolean()).isFalse();
        assertThat(created.getResponseBody()).doesNotContain(PASSWORD);

        ResponseCookie cookie =
                Objects.requireNonNull(created.getResponseCookies().getFirst("sessionid"));
        assertThat(created.getResponseCookies()).containsOnlyKeys("sessionid");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.isSecure()).isFalse();
        assertThat(cookie.getMaxAge()).isBetween(Duration.ofDays(14).minusMinutes(1), Duration.ofDays(14));
        JsonNode exchanged = body(client.post()
                .uri("/internal/exchange")
                .bodyValue(Map.of("session", cookie.getValue()))
                .exchange()
                .expectStatus()
                .isOk());
        assertThat(exchanged.get("user_id").asString()).isEqualTo(row.get("id").asString());
        // one account everywhere
        logIn(name, PASSWORD).expectStatus().isOk();
    }

    @Test
    void rowsHaveAllKeysAndTheAddressOnlyForTheirOwner() {
        String name = name();
        JsonNode created = body(create(documented(name)));
        String id = created.get("id").asString();
        String owner = access(body(logIn(name, PASSWORD)).get("data"));
        String other = name();
        String stranger = access(register(other, address(other)).get("data"));
        String admin = administrator();
        for (String path : List.of(
                "/musewave/users/" + id,
                "/musewave/users/" + id + "/",
                "/musewave/users/username/" + name.toUpperCase(Locale.ROOT),
                "/musewave/users/username/" + name + "/")) {
            for (String token : new @Nullable String[] {null, stranger, owner, admin}) {
                JsonNode row = body(get(token, path).expectStatus().isOk());
                assertThat(row.propertyNames()).containsExactlyInAnyOrder(KEYS);
                assertThat(row.get("social_links").propertyNames())
                        .containsExactlyInAnyOrder("twitter", "instagram", "spotify", "soundcloud");
                assertThat(row.get("username").asString()).isEqualTo(name);
                if (token == null || token.equals(stranger)) {
                    assertThat(row.get("email").isNull()).isTrue();
                } else {
                    assertThat(row.get("email").asString()).isEqualTo(address(name));
                }
            }
        }
    }

    @Test
    void listsTheNewestFirstInABareArray() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            names.addFirst(name());
            create(documented(names.getFirst())).expectStatus().isCreated();
        }
        for (String path : List.of("/musewave/users/?limit=3", "/musewave/users?limit=3&offset=0")) {
            JsonNode rows = body(get(null, path).expectStatus().isOk());
            assertThat(rows.isArray()).isTrue();
            assertThat(rows).extracting(row -> row.get("username").asString()).containsExactlyElementsOf(names);
            assertThat(rows).allSatisfy(row -> {
                assertThat(row.propertyNames()).containsExactlyInAnyOrder(KEYS);
                assertThat(row.get("email").isNull()).isTrue();
            });
        }
        JsonNode second = body(get(null, "/musewave/users/?limit=1&offset=1"));
        assertThat(second).extracting(row -> row.get("username").asString()).containsExactly(names.get(1));
        assertThat(body(get(null, "/musewave/users/?offset=1000000"))).isEmpty();
        assertThat(body(get(null, "/musewave/users/")).size()).isBetween(3, 50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=x",
                "limit=-1",
                "offset=-1",
                "offset=1000001",
                "offset=1e3",
                "limit=99999999999"
            })
    void whatIsNoPartOfAListIsRefused(String query) {
        get(null, "/musewave/users/?" + query)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.error")
                .isNotEmpty();
    }

    @Test
    void updatesAPart() {
        String name = name();
        String id = body(create(documented(name))).get("id").asString();
        String token = access(body(logIn(name, PASSWORD)).get("data"));
        Map<String, @Nullable Object> change = new HashMap<>();
        change.put("bio", null);
        change.put("location", "Paris");
        change.put("website", "https://ann.example");
        change.put("avatar_url", "https://ann.example/a.png");
        change.put("header_url", "https://ann.example/h.png");
        change.put("social_links", Map.of("twitter", "@ann"));
        for (String path : List.of("/musewave/users/" + id + "/update", "/musewave/users/" + id + "/update/")) {
            JsonNode row = body(patch(token, path, change).expectStatus().isOk());
            assertThat(row.propertyNames()).containsExactlyInAnyOrder(KEYS);
            assertThat(row.get("display_name").asString()).isEqualTo("John Doe");
            assertThat(row.get("bio").isNull()).isTrue();
            assertThat(row.get("location").asString()).isEqualTo("Paris");
            assertThat(row.get("avatar_url").asString()).isEqualTo("https://ann.example/a.png");
            assertThat(row.get("social_links").get("twitter").asString()).isEqualTo("@ann");
            assertThat(row.get("email").asString()).isEqualTo(address(name));
        }
        // the whole row may come back as it was shown; what nobody may change so, stays
        JsonNode shown = body(get(token, "/musewave/users/" + id + "/"));
        Map<String, Object> whole = new HashMap<>();
        shown.properties().forEach(property -> whole.put(property.getKey(), property.getValue()));
        whole.put("verified", true);
        whole.put("role", "admin");
        whole.put("number", 1);
        whole.put("id", Ids.next().toString());
        whole.put("email", "other@example.org");
        JsonNode after = body(patch(token, "/musewave/users/" + id + "/update/", whole)
                .expectStatus()
                .isOk());
        assertThat(after).isEqualTo(shown);
    }

    @Test
    void whoMayDoWhat() {
        String name = name();
        String id = body(create(documented(name))).get("id").asString();
        String owner = access(body(logIn(name, PASSWORD)).get("data"));
        String otherName = name();
        String other = access(register(otherName, address(otherName)).get("data"));
        String admin = administrator();
        String path = "/musewave/users/" + id + "/update/";
        patch(other, path, Map.of("bio", "x"))
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.message")
                .isNotEmpty();
        patch(null, path, Map.of("bio", "x"))
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.error")
                .isNotEmpty();
        patch(admin, path, Map.of("bio", "x")).expectStatus().isOk();
        patch(owner, path, Map.of("bio", "y")).expectStatus().isOk();
        for (String unknown : List.of(Ids.next().toString(), "5", "1-1-1-1-1", "x' OR 1=1 --")) {
            for (String token : new @Nullable String[] {null, other, admin}) {
                client.get()
                        .uri("/musewave/users/{id}/", unknown)
                        .headers(headers -> {
                            if (token != null) {
                                headers.setBearerAuth(token);
                            }
                        })
                        .exchange()
                        .expectStatus()
                        .isNotFound()
                        .expectBody()
                        .jsonPath("$.message")
                        .isEqualTo("User not found.");
            }
            client.patch()
                    .uri("/musewave/users/{id}/update/", unknown)
                    .headers(headers -> headers.setBearerAuth(owner))
                    .bodyValue(Map.of("bio", "x"))
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
        get(null, "/musewave/users/username/no-such-one/").expectStatus().isNotFound();
    }

    @Test
    void wrongFieldsOfACreationAreAllNamed() {
        String answer = text(create(Map.of("username", "a", "email", "x", "bio", "x".repeat(501), "display_name", 5))
                .expectStatus()
                .isBadRequest());
        JsonNode error = json.readTree(answer);
        assertThat(error.get("error").isString()).isTrue();
        assertThat(error.get("details").propertyNames())
                .containsExactlyInAnyOrder("username", "email", "password", "bio", "display_name");
        for (Object value : List.of(Map.of("$gt", ""), List.of("x"), 5, true)) {
            for (String field : List.of("username", "email", "password")) {
                Map<String, Object> body = new HashMap<>(documented(name()));
                body.put(field, value);
                create(body).expectStatus().isBadRequest();
            }
        }
        for (String body : new String[] {"{not json", "[]", "null", "\"text\"", ""}) {
            client.post()
                    .uri("/musewave/users/create/")
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.error")
                    .isNotEmpty();
        }
    }

    @Test
    void aNameAndAnAddressBelongToOneAccount() {
        String name = name();
        create(documented(name)).expectStatus().isCreated();
        Map<String, Object> sameName = new HashMap<>(documented(name.toUpperCase(Locale.ROOT)));
        sameName.put("email", "other-" + address(name));
        assertThat(body(create(sameName).expectStatus().isEqualTo(409))
                        .get("error")
                        .asString())
                .isEqualTo("This username is taken.");
        Map<String, Object> sameAddress = new HashMap<>(documented(name()));
        sameAddress.put("email", address(name).toUpperCase(Locale.ROOT));
        WebTestClient.ResponseSpec refused = create(sameAddress).expectStatus().isEqualTo(409);
        refused.expectCookie().doesNotExist("sessionid");
    }

    @Test
    void nobodyIsBornMoreThanTheyAre() {
        String name = name();
        Map<String, Object> body = new HashMap<>(documented(name));
        body.putAll(Map.of(
                "role",
                "admin",
                "roles",
                List.of("admin"),
                "verified",
                true,
                "number",
                1,
                "id",
                Ids.next().toString(),
                "is_staff",
                true,
                "is_superuser",
                true));
        JsonNode row = body(create(body).expectStatus().isCreated());
        assertThat(row.get("verified").asBoolean()).isFalse();
        assertThat(UUID.fromString(row.get("id").asString())).isNotEqualTo(UUID.fromString((String) body.get("id")));
        String token = access(body(logIn(name, PASSWORD)).get("data"));
        get(token, "/api/v1/admin/users").expectStatus().isForbidden();
    }

    @Test
    void aTokenThatHoldsNoLongerKeepsNobodyFromCreatingAnAccount() {
        client.post()
                .uri("/musewave/users/create")
                .headers(headers -> headers.setBearerAuth("not.a.token"))
                .cookie("sessionid", "an-old-one")
                .bodyValue(documented(name()))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    @Test
    void headAnswersLikeGet() {
        client.head()
                .uri("/musewave/users/")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .isEmpty();
        client.get()
                .uri("/musewave/users/")
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectStatus()
                .isEqualTo(406);
        client.get()
                .uri("/musewave/users/")
                .accept(MediaType.TEXT_HTML, MediaType.ALL)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON);
    }

    private static Map<String, Object> documented(String name) {
        return Map.of(
                "username",
                name,
                "email",
                address(name),
                "password",
                PASSWORD,
                "display_name",
                "John Doe",
                "bio",
                "Music producer and DJ");
    }

    private WebTestClient.ResponseSpec create(Map<String, ?> body) {
        return client.post().uri("/musewave/users/create/").bodyValue(body).exchange();
    }

    private WebTestClient.ResponseSpec patch(
            @Nullable String token, String path, Map<String, ? extends @Nullable Object> body) {
        return client.patch()
                .uri(path)
                .headers(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .bodyValue(body)
                .exchange();
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
}
