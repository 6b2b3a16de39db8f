package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.auth.keycloak.KeycloakAdmin;
import dev.cadenza.auth.session.BeginBrowserSession;
import dev.cadenza.auth.session.RevokeSessions;
import dev.cadenza.auth.session.Session;
import dev.cadenza.auth.session.Sessions;
import dev.cadenza.contracts.gateway.v1.SessionActive;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.ClientOrigin;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.platform.testing.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Where an account is logged in, and how that ends. */
class SessionTests extends AuthServiceIT {

    @Autowired
    private Sessions sessions;

    @Autowired
    private BeginBrowserSession beginBrowser;

    @Autowired
    private RevokeSessions revoke;

    @Autowired
    private KeycloakAdmin keycloak;

    // ---- for their owner -----------------------------------------------------------------------------------------

    @Test
    void areListedAsDocumented() {
        String name = name();
        JsonNode registered = register(name, address(name));
        String token = access(registered.get("data"));
        String text = text(sessions(HttpMethod.GET, "", token).expectStatus().isOk());
        DocumentedJson.assertShape(text, """
                {"success":true,"data":{"sessions":[{"id":"550e8400-e29b-41d4-a716-446655440000",
                "ip_address":"192.168.1.1","user_agent":"Mozilla/5.0...","created_at":"2025-01-01T00:00:00Z",
                "last_activity":"2025-01-01T12:00:00Z"}]}}""");
        JsonNode row = json.readTree(text).get("data").get("sessions").get(0);
        assertThat(row.get("ip_address").asString()).startsWith("10.").endsWith(".7");
        assertThat(row.get("user_agent").asString()).isEqualTo("Cadenza's tests");
        assertThat(row.get("client").asString()).isEqualTo("veza");
        assertThat(row.get("current").asBoolean()).isTrue();

        // another login and a browser are there too, the last used first
        logIn(name, PASSWORD).expectStatus().isOk();
        beginBrowser
                .begin("processing", id(registered), new ClientOrigin("10.9.9.9", "Browser"))
                .block();
        JsonNode rows = list(token);
        assertThat(rows.valueStream().map(one -> one.get("client").asString()))
                .containsExactly("processing", "veza", "veza");
        assertThat(rows.valueStream().map(one -> one.get("current").asBoolean()))
                .containsExactly(false, false, true);
        sessions(HttpMethod.GET, "/stats", token)
                .expectStatus()
                .isOk()
                .expectBody()
                .json(
                        "{\"success\":true,\"data\":{\"total_sessions\":3,\"active_sessions\":3}}",
                        JsonCompareMode.STRICT);
    }

    @Test
    void theCurrentOneCanBeLeft() {
        String name = name();
        UUID id = id(register(name, address(name)));
        JsonNode one = body(logIn(name, PASSWORD)).get("data");
        String other = access(body(logIn(name, PASSWORD)).get("data"));
        sessions(HttpMethod.POST, "/logout", access(one))
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"success\":true,\"data\":{\"message\":\"Logged out successfully\"}}", JsonCompareMode.STRICT);
        awaitRefusal(access(one));
        post(
                        "refresh",
                        Map.of(
                                "refresh_token",
                                one.get("token").get("refresh_token").asString()))
                .expectStatus()
                .isUnauthorized();
        me(other).isOk();
        assertThat(list(other).size()).isEqualTo(2);
        JsonNode stats = body(sessions(HttpMethod.GET, "/stats", other)).get("data");
        assertThat(stats.get("total_sessions").asInt()).isEqualTo(3);
        assertThat(stats.get("active_sessions").asInt()).isEqualTo(2);
        awaitAudited(id, "logout");
    }

    @Test
    void allCanBeLeftAtOnce() {
        String name = name();
        JsonNode registered = register(name, address(name));
        String one = access(registered.get("data"));
        String other = access(body(logIn(name, PASSWORD)).get("data"));
        sessions(HttpMethod.POST, "/logout-all", one)
                .expectStatus()
                .isOk()
                .expectBody()
                .json(
                        "{\"success\":true,\"data\":{\"message\":\"Logged out from all sessions\"}}",
                        JsonCompareMode.STRICT);
        awaitRefusal(one);
        awaitRefusal(other);
        post("refresh", Map.of("refresh_token", refresh(registered)))
                .expectStatus()
                .isUnauthorized();
        awaitAudited(id(registered), "session.revoked_all");
        // and a new login is none of them
        String again = access(body(logIn(name, PASSWORD).expectStatus().isOk()).get("data"));
        assertThat(list(again).size()).isEqualTo(1);
        me(again).isOk();
    }

    @Test
    void allEndWithThePassword() {
        String name = name();
        JsonNode registered = register(name, address(name));
        String token = access(registered.get("data"));
        String next = "another-" + PASSWORD;
        changePassword(token, Map.of()).expectStatus().isEqualTo(422);
        changePassword(token, Map.of("current_password", "guess", "new_password", next))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.details[0].field")
                .isEqualTo("current_password");
        changePassword(token, Map.of("current_password", PASSWORD, "new_password", next))
                .expectStatus()
                .isOk()
                .expectBody()
                .json(
                        "{\"success\":true,\"data\":{\"message\":\"Password changed successfully\"}}",
                        JsonCompareMode.STRICT);
        awaitRefusal(token);
        post("refresh", Map.of("refresh_token", refresh(registered)))
                .expectStatus()
                .isUnauthorized();
        logIn(name, PASSWORD).expectStatus().isUnauthorized();
        logIn(name, next).expectStatus().isOk();
    }

    private WebTestClient.ResponseSpec changePassword(String token, Map<String, String> body) {
        return client.post()
                .uri("/api/v1/auth/change-password")
                .headers(headers -> headers.setBearerAuth(token))
                .bodyValue(body)
                .exchange();
    }

    @Test
    void oneCanBeRevokedByItsOwnerAlone() {
        String name = name();
        JsonNode registered = register(name, address(name));
        String mine = access(registered.get("data"));
        String session = list(mine).get(0).get("id").asString();
        String stranger = access(register(name(), address(name())).get("data"));
        String unknown = text(sessions(HttpMethod.DELETE, "/" + Ids.next(), stranger)
                .expectStatus()
                .isNotFound());
        String foreign = text(sessions(HttpMethod.DELETE, "/" + session, stranger)
                .expectStatus()
                .isNotFound());
        assertThat(foreign).isEqualTo(unknown).contains("SESSION_NOT_FOUND");
        sessions(HttpMethod.DELETE, "/1", mine).expectStatus().isBadRequest();
        client.delete()
                .uri("/api/v1/sessions/" + session)
                .exchange()
                .expectStatus()
                .isUnauthorized();
        me(mine).isOk();

        String other = access(body(logIn(name, PASSWORD)).get("data"));
        sessions(HttpMethod.DELETE, "/" + session, other)
                .expectStatus()
                .isOk()
                .expectBody()
                .json(
                        "{\"success\":true,\"data\":{\"message\":\"Session revoked successfully\"}}",
                        JsonCompareMode.STRICT);
        awaitRefusal(mine);
        sessions(HttpMethod.DELETE, "/" + session, other).expectStatus().isNotFound();
        JsonNode audited = awaitAudited(id(registered), "session.revoked").get("data");
        assertThat(audited.get("target").asString()).isEqualTo(session);
    }

    @Test
    void areNoBusinessOfAnApiKey() {
        String name = name();
        String token = access(register(name, address(name)).get("data"));
        String secret = body(client.post()
                        .uri("/api/v1/api-keys")
                        .headers(headers -> headers.setBearerAuth(token))
                        .bodyValue(Map.of("name", "key", "scopes", List.of("profile:write")))
                        .exchange()
                        .expectStatus()
                        .isCreated())
                .findValue("secret")
                .asString();
        String key = body(client.post()
                        .uri("/internal/exchange")
                        .bodyValue(Map.of("api_key", secret))
                        .exchange()
                        .expectStatus()
                        .isOk())
                .get("token")
                .asString();
        for (WebTestClient.ResponseSpec answer : List.of(
                sessions(HttpMethod.GET, "", key),
                sessions(HttpMethod.GET, "/stats", key),
                sessions(HttpMethod.POST, "/logout", key),
                sessions(HttpMethod.POST, "/logout-all", key),
                sessions(HttpMethod.DELETE, "/" + Ids.next(), key),
                client.post()
                        .uri("/api/v1/auth/2fa")
                        .headers(headers -> headers.setBearerAuth(key))
                        .exchange())) {
            answer.expectStatus()
                    .isForbidden()
                    .expectBody()
                    .jsonPath("$.error.code")
                    .isEqualTo("AUTH_KEY_NOT_ALLOWED");
        }
        me(token).isOk();
    }

    @Test
    void theGatewaySaysWhenTheyAreUsed() {
        String name = name();
        JsonNode registered = register(name, address(name));
        Versioned<Session> session = only(id(registered));
        Instant later = Instant.now().plusSeconds(60);
        active(session, "10.1.2.3", later);
        active(session, "10.1.2.4", later.minusSeconds(30));
        active(session, "10.1.2.5", later.plusMillis(1));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(list(access(registered.get("data")))
                                .get(0)
                                .get("ip_address")
                                .asString())
                        .isEqualTo("10.1.2.5"));
        assertThat(Objects.requireNonNull(sessions.find(session.id()).block())
                        .state()
                        .lastActivity())
                .isAfterOrEqualTo(later);
    }

    // ---- refreshing ----------------------------------------------------------------------------------------------

    @Test
    void aRefreshTokenThatIsUsedAgainEndsTheSession() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String elsewhere = access(body(logIn(name, PASSWORD)).get("data"));
        JsonNode renewed = body(post("refresh", Map.of("refresh_token", refresh(registered)))
                        .expectStatus()
                        .isOk())
                .get("data");
        post("refresh", Map.of("refresh_token", refresh(registered)))
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("AUTH_INVALID_REFRESH_TOKEN");
        // whoever has the newer one is out too
        post("refresh", Map.of("refresh_token", renewed.get("refresh_token").asString()))
                .expectStatus()
                .isUnauthorized();
        awaitRefusal(renewed.get("access_token").asString());
        awaitRefusal(access(registered.get("data")));
        me(elsewhere).isOk();
        awaitAudited(id, "token.refreshed");
        awaitAudited(id, "token.reused");
    }

    @Test
    void ofManyWhoRefreshAtOnceAtMostOneGetsTokensAndTheSessionEnds() {
        String name = name();
        JsonNode registered = register(name, address(name));
        List<Integer> statuses = Objects.requireNonNull(Flux.range(0, 6)
                .flatMap(
                        i -> Mono.fromCallable(() -> post("refresh", Map.of("refresh_token", refresh(registered)))
                                        .returnResult(Void.class)
                                        .getStatus()
                                        .value())
                                .subscribeOn(Schedulers.boundedElastic()),
                        6)
                .collectList()
                .block());
        assertThat(statuses).hasSize(6).isSubsetOf(200, 401);
        assertThat(statuses).filteredOn(status -> status == 200).hasSizeLessThanOrEqualTo(1);
        assertThat(only(id(registered)).state().endedAt()).isNotNull();
        awaitRefusal(access(registered.get("data")));
        awaitAudited(id(registered), "token.reused");
    }

    @Test
    void aSessionThatIsNotRememberedEndsAtItsTime() {
        String name = name();
        UUID id = id(register(name, address(name)));
        JsonNode unremembered = body(logIn(name, PASSWORD)).get("data");
        JsonNode remembered = body(post("login", Map.of("email", name, "password", PASSWORD, "remember_me", true)))
                .get("data");
        for (JsonNode login : List.of(unremembered, remembered)) {
            post(
                            "refresh",
                            Map.of(
                                    "refresh_token",
                                    login.get("token").get("refresh_token").asString()))
                    .expectStatus()
                    .isOk();
        }
        List<Session> all = Objects.requireNonNull(
                sessions.ofAccount(id).map(Versioned::state).collectList().block());
        assertThat(all).filteredOn(session -> session.endsAt() == null).hasSize(2);
        Session ending = all.stream()
                .filter(session -> session.endsAt() != null)
                .findFirst()
                .orElseThrow();
        assertThat(ending.endsAt()).isEqualTo(ending.createdAt().plus(Duration.ofDays(30)));
        assertThat(ending.expiresAt()).isBeforeOrEqualTo(ending.endsAt());
    }

    @Test
    void noRefreshTokenIsStored() {
        String name = name();
        JsonNode registered = register(name, address(name));
        assertThat(only(id(registered)).toString()).doesNotContain(refresh(registered));
    }

    // ---- Keycloak ------------------------------------------------------------------------------------------------

    @Test
    void keycloakHearsOfTheEndAlsoWhereItWasAway() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String sid = only(id).state().sid();
        assertThat(keycloakSessions(id)).contains(sid);
        TestKeycloak.cut();
        try {
            assertThat(revoke.ofAccount(id).block()).isEqualTo(1);
            assertThat(only(id).state().closing()).isNotNull();
        } finally {
            mendKeycloak();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> only(id).state().closing() == null);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(keycloakSessions(id)).doesNotContain(sid));
    }

    // ---- means ---------------------------------------------------------------------------------------------------

    private List<String> keycloakSessions(UUID account) {
        return Objects.requireNonNull(keycloak.call(() -> keycloak.users(account).stream()
                        .flatMap(user -> keycloak.realm().users().get(user.getId()).getUserSessions().stream())
                        .map(session -> session.getId())
                        .toList())
                .block());
    }

    private Versioned<Session> only(UUID account) {
        return Objects.requireNonNull(sessions.ofAccount(account).single().block());
    }

    private static void active(Versioned<Session> session, String ip, Instant at) {
        Published.event(
                "gateway.access.v1",
                session.id(),
                at.toEpochMilli(),
                "gateway.session.active",
                new SessionActive(session.state().sid(), ip, "Browser", at),
                at);
    }

    private JsonNode list(String token) {
        return body(sessions(HttpMethod.GET, "", token).expectStatus().isOk())
                .get("data")
                .get("sessions");
    }

    private WebTestClient.ResponseSpec sessions(HttpMethod method, String path, String token) {
        return client.method(method)
                .uri("/api/v1/sessions" + path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }
}
