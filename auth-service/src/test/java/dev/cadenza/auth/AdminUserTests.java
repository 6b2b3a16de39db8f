package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.core.Ids;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Accounts as administrators see and change them. */
class AdminUserTests extends AuthServiceIT {

    private static final String[] KEYS = {
        "id",
        "number",
        "username",
        "email",
        "display_name",
        "avatar",
        "roles",
        "locked",
        "verified",
        "created_at",
        "updated_at"
    };

    @Test
    void listsAndFinds() {
        String admin = administrator();
        String prefix = name();
        UUID first = id(register(prefix + "x", address(prefix + "x")));
        UUID second = id(register(prefix + "Y", address(prefix + "Y")));
        JsonNode found = data(get(admin, "?q=" + prefix.toUpperCase(Locale.ROOT)));
        assertThat(found.get("users"))
                .extracting(user -> user.get("id").asString())
                .containsExactly(first.toString(), second.toString());
        assertThat(found.get("users"))
                .allSatisfy(user -> assertThat(user.propertyNames()).containsExactlyInAnyOrder(KEYS));
        assertThat(found.get("pagination").get("total").asInt()).isEqualTo(2);
        JsonNode part = data(get(admin, "?limit=1&page=2&q=" + prefix));
        assertThat(part.get("users"))
                .extracting(user -> user.get("id").asString())
                .containsExactly(second.toString());
        assertThat(part.get("pagination").get("total_pages").asInt()).isEqualTo(2);
        JsonNode newest = data(get(admin, "?limit=2"));
        assertThat(newest.get("users"))
                .extracting(user -> user.get("id").asString())
                .containsExactly(second.toString(), first.toString());
        for (String nothing : List.of(
                "?q=" + prefix + "z", "?q=$gt", "?q=.*", "?locked=true&q=" + prefix, "?role=partner&q=" + prefix)) {
            assertThat(data(get(admin, nothing)).get("users")).isEmpty();
        }
        JsonNode administrators = data(get(admin, "?role=admin"));
        assertThat(administrators.get("users"))
                .extracting(user -> user.get("username").asString())
                .contains("Root");
        JsonNode one = data(get(admin, "/" + first)).get("user");
        assertThat(one.propertyNames()).containsExactlyInAnyOrder(KEYS);
        assertThat(one.get("email").asString()).isEqualTo(address(prefix + "x").toLowerCase(Locale.ROOT));
        get(admin, "/" + Ids.next()).expectStatus().isNotFound();
        get(admin, "/5").expectStatus().isBadRequest();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?page=0", "?page=x", "?limit=101", "?limit=0", "?locked=maybe", "?role=king", "?role=$gt"})
    void whatMakesNoSenseIsRefused(String query) {
        get(administrator(), query).expectStatus().isBadRequest();
    }

    @Test
    void locksUnlocksAndChangesRoles() {
        String admin = administrator();
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        assertThat(user(post(admin, "/" + id + "/lock")).get("locked").asBoolean())
                .isTrue();
        assertThat(user(post(admin, "/" + id + "/lock")).get("locked").asBoolean())
                .isTrue();
        assertThat(data(get(admin, "?locked=true&q=" + name)).get("users")).hasSize(1);
        logIn(name, PASSWORD).expectStatus().isForbidden();
        awaitRefusal(access(registered.get("data")));
        assertThat(user(post(admin, "/" + id + "/unlock")).get("locked").asBoolean())
                .isFalse();
        logIn(name, PASSWORD).expectStatus().isOk();
        JsonNode changed = user(roles(admin, id, Map.of("roles", List.of("artist", "partner"))));
        assertThat(changed.get("roles")).extracting(JsonNode::asString).containsExactly("user", "artist", "partner");
        assertThat(data(get(admin, "?role=artist&q=" + name)).get("users")).hasSize(1);
        roles(admin, id, Map.of("roles", List.of("king"))).expectStatus().isEqualTo(422);
        roles(admin, id, Map.of()).expectStatus().isEqualTo(422);
        roles(admin, id, Map.of("roles", "admin")).expectStatus().isBadRequest();
        for (String path : List.of("/lock", "/unlock")) {
            post(admin, "/" + Ids.next() + path).expectStatus().isNotFound();
        }
        roles(admin, Ids.next(), Map.of("roles", List.of())).expectStatus().isNotFound();
    }

    @Test
    void onlyAdministratorsGetIn() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String token = access(registered.get("data"));
        for (UUID user : List.of(id, Ids.next())) {
            get(token, "/" + user).expectStatus().isForbidden();
            post(token, "/" + user + "/lock").expectStatus().isForbidden();
            post(token, "/" + user + "/unlock").expectStatus().isForbidden();
            roles(token, user, Map.of("roles", List.of("admin"))).expectStatus().isForbidden();
            get(null, "/" + user).expectStatus().isUnauthorized();
            post(null, "/" + user + "/lock").expectStatus().isUnauthorized();
            post(null, "/" + user + "/unlock").expectStatus().isUnauthorized();
            roles(null, user, Map.of("roles", List.of("admin"))).expectStatus().isUnauthorized();
        }
        get(token, "").expectStatus().isForbidden();
        get(null, "").expectStatus().isUnauthorized();
    }

    @Test
    void theLastAdministratorStays() {
        String admin = administrator();
        String id = body(client.get()
                        .uri("/api/v1/auth/me")
                        .headers(headers -> headers.setBearerAuth(admin))
                        .exchange())
                .get("data")
                .get("id")
                .asString();
        post(admin, "/" + id + "/lock").expectStatus().isEqualTo(409);
        roles(admin, UUID.fromString(id), Map.of("roles", List.of("user")))
                .expectStatus()
                .isEqualTo(409);
        client.delete()
                .uri("/api/v1/users/" + id)
                .headers(headers -> headers.setBearerAuth(admin))
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("ADMIN_LAST");
    }

    private JsonNode data(WebTestClient.ResponseSpec answer) {
        return body(answer.expectStatus().isOk()).get("data");
    }

    private JsonNode user(WebTestClient.ResponseSpec answer) {
        return data(answer).get("user");
    }

    private WebTestClient.ResponseSpec get(@Nullable String token, String path) {
        return send(HttpMethod.GET, token, path);
    }

    private WebTestClient.ResponseSpec post(@Nullable String token, String path) {
        return send(HttpMethod.POST, token, path);
    }

    private WebTestClient.ResponseSpec send(HttpMethod method, @Nullable String token, String path) {
        return client.method(method)
                .uri("/api/v1/admin/users" + path)
                .headers(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .exchange();
    }

    private WebTestClient.ResponseSpec roles(@Nullable String token, UUID id, Map<String, ?> body) {
        return client.put()
                .uri("/api/v1/admin/users/" + id + "/roles")
                .headers(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .bodyValue(body)
                .exchange();
    }
}
