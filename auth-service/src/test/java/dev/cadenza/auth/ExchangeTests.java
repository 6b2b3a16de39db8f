package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoDatabase;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.account.ChangeRoles;
import dev.cadenza.auth.account.DeleteAccount;
import dev.cadenza.auth.account.LockAccount;
import dev.cadenza.auth.account.UnlockAccount;
import dev.cadenza.auth.key.CreateKey;
import dev.cadenza.auth.key.KeyRequest;
import dev.cadenza.auth.key.KeyRings;
import dev.cadenza.auth.key.KeyWithSecret;
import dev.cadenza.auth.session.BeginBrowserSession;
import dev.cadenza.auth.session.BrowserSession;
import dev.cadenza.auth.session.RevokeSessions;
import dev.cadenza.auth.token.KeepSigningKeys;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** What the gateway gets for the credentials that clients show it. */
class ExchangeTests extends AuthServiceIT {

    @Autowired
    private CreateKey createKey;

    @Autowired
    private Accounts accounts;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @Autowired
    private MongoDatabase database;

    @Autowired
    private KeyRings rings;

    @Autowired
    private LockAccount lockAccount;

    @Autowired
    private UnlockAccount unlockAccount;

    @Autowired
    private DeleteAccount deleteAccount;

    @Autowired
    private ChangeRoles changeRoles;

    @Autowired
    private BeginBrowserSession beginSession;

    @Autowired
    private RevokeSessions revokeSessions;

    @Test
    void aKeyIsExchangedForATokenWithItsRights() throws ParseException, JOSEException {
        String name = name();
        UUID id = id(register(name, address(name)));
        KeyWithSecret made = make(id, "tracks:read", "playlists:write");
        Instant before = Instant.now().minusSeconds(2);
        JsonNode answer =
                body(exchange("api_key", made.secret().text()).expectStatus().isOk());
        assertThat(answer.propertyNames())
                .containsExactlyInAnyOrder(
                        "token",
                        "expires_at",
                        "user_id",
                        "session",
                        "csrf_token",
                        "key_id",
                        "scopes",
                        "requests_per_minute");
        assertThat(answer.get("user_id").asString()).isEqualTo(id.toString());
        assertThat(answer.get("key_id").asString()).isEqualTo(made.key().id()).matches("key_[0-9a-f]{16}");
        assertThat(answer.get("scopes").toString()).isEqualTo("[\"tracks:read\",\"playlists:write\"]");
        assertThat(answer.get("requests_per_minute").asInt()).isEqualTo(600);
        assertThat(answer.get("session").isNull()).isTrue();
        assertThat(answer.get("csrf_token").isNull()).isTrue();

        SignedJWT token = SignedJWT.parse(answer.get("token").asString());
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        JWKSet published = published();
        assertThat(token.verify(new ECDSAVerifier(
                        published.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                .isTrue();
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("cadenza-internal");
        assertThat(claims.getAudience()).containsExactly("cadenza");
        assertThat(claims.getSubject()).isEqualTo(id.toString());
        assertThat(claims.getLongClaim("number"))
                .isEqualTo(Objects.requireNonNull(accounts.find(id).block()).requireNumber());
        assertThat(claims.getStringClaim("preferred_username")).isEqualTo(name);
        assertThat(claims.getStringClaim("email")).isEqualTo(address(name));
        assertThat(claims.getStringListClaim("roles")).containsExactly("user");
        assertThat(claims.getStringClaim("key_id")).isEqualTo(made.key().id());
        assertThat(claims.getStringClaim("scope")).isEqualTo("tracks:read playlists:write");
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(claims.getClaim("sid")).isNull();
        assertThat(claims.getIssueTime().toInstant()).isBetween(before, Instant.now());
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(Instant.parse(answer.get("expires_at").asString()))
                .isEqualTo(claims.getExpirationTime().toInstant());
    }

    @Test
    void aBrowserSessionIsExchangedForATokenOfItsUser() throws ParseException {
        String name = name();
        UUID id = id(register(name, address(name)));
        BrowserSession session = Objects.requireNonNull(beginSession
                .begin("processing", id, new ClientOrigin("192.0.2.1", "tests"))
                .block());
        JsonNode answer =
                body(exchange("session", session.cookie()).expectStatus().isOk());
        assertThat(answer.get("user_id").asString()).isEqualTo(id.toString());
        assertThat(answer.get("session").asString()).isEqualTo(session.sid());
        assertThat(answer.get("csrf_token").asString()).isEqualTo(session.csrfToken());
        for (String none : List.of("key_id", "scopes", "requests_per_minute")) {
            assertThat(answer.get(none).isNull()).as(none).isTrue();
        }
        JWTClaimsSet claims = SignedJWT.parse(answer.get("token").asString()).getJWTClaimsSet();
        assertThat(claims.getStringClaim("sid")).isEqualTo(session.sid());
        assertThat(claims.getClaim("key_id")).isNull();
        assertThat(claims.getClaim("scope")).isNull();
        assertThat(claims.getStringListClaim("roles")).containsExactly("user");

        revokeSessions.ofAccount(id).block();
        for (String cookie : List.of(session.cookie(), "", "unknown", "x".repeat(5000))) {
            exchange("session", cookie)
                    .expectStatus()
                    .isUnauthorized()
                    .expectBody()
                    .jsonPath("$.error.code")
                    .isEqualTo("AUTH_INVALID_SESSION");
        }
    }

    @Test
    void theTokenOpensThisService() {
        String name = name();
        UUID id = id(register(name, address(name)));
        String token = body(exchange(
                        "api_key", make(id, "profile:read").secret().text()))
                .get("token")
                .asString();
        client.get()
                .uri("/api/v1/auth/me")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.id")
                .isEqualTo(id.toString());
    }

    @Test
    void whatIsNoKeyIs401AndTellsNothing() {
        for (String text : List.of(
                "cdz_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA000000",
                "cdz_",
                "",
                "x".repeat(5000),
                "{\"$gt\":\"\"}")) {
            exchange("api_key", text)
                    .expectStatus()
                    .isUnauthorized()
                    .expectBody()
                    .jsonPath("$.error.code")
                    .isEqualTo("AUTH_INVALID_API_KEY");
        }
    }

    @Test
    void whatCannotBeReadIs400() {
        for (Object body : List.of(
                Map.of(),
                Map.of("api_key", "a", "session", "b"),
                Map.of("api_key", Map.of("$gt", "")),
                Map.of("api_key", List.of("a")),
                Collections.singletonMap("api_key", null))) {
            client.post()
                    .uri("/internal/exchange")
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
        client.get().uri("/internal/exchange").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void aKeyOfALockedOrDeletedAccountOpensNothing() {
        String name = name();
        UUID id = id(register(name, address(name)));
        String secret = make(id, "tracks:read").secret().text();
        exchange("api_key", secret).expectStatus().isOk();
        UUID administrator = Ids.next();
        lockAccount.lock(administrator, id).block();
        exchange("api_key", secret).expectStatus().isUnauthorized();
        unlockAccount.unlock(administrator, id).block();
        exchange("api_key", secret).expectStatus().isOk();
        deleteAccount.delete(null, id).block();
        exchange("api_key", secret).expectStatus().isUnauthorized();
        // nothing of it is kept
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Boolean.FALSE.equals(rings.find(id).hasElement().block()));
    }

    @Test
    void aKeyAdministersOnlyWithAScopeForItAndWhileItsOwnerDoes() throws ParseException {
        String name = name();
        UUID id = id(register(name, address(name)));
        changeRoles.change(Ids.next(), id, List.of("user", "admin")).block();
        String ordinary = make(id, "tracks:read").secret().text();
        String administering = make(id, "tracks:read", "admin:read").secret().text();
        assertThat(roles(ordinary)).containsExactly("user");
        assertThat(roles(administering)).containsExactlyInAnyOrder("user", "admin");

        changeRoles.change(Ids.next(), id, List.of("user")).block();
        assertThat(roles(administering)).containsExactly("user");
        assertThat(body(exchange("api_key", administering)).get("scopes").toString())
                .isEqualTo("[\"tracks:read\"]");
    }

    @Test
    void whileTheDatabaseIsAwayTokensCanBeCheckedButNotMade() throws ParseException {
        String name = name();
        UUID id = id(register(name, address(name)));
        String secret = make(id, "tracks:read").secret().text();
        JWKSet published = published();
        assertThat(published.getKeys()).isNotEmpty().noneMatch(JWK::isPrivate);
        DATABASE.cut();
        try {
            exchange("api_key", secret)
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .exists("Retry-After");
            assertThat(published()).isEqualTo(published);
            // an instance that starts now has nothing to show yet
            assertThatThrownBy(
                            () -> beans.createBean(KeepSigningKeys.class).keep().block())
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining("store.unavailable");
        } finally {
            DATABASE.mend();
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> exchange("api_key", secret).expectStatus().isOk());
        // another start of the service finds the same keys
        beans.createBean(KeepSigningKeys.class).keep().block();
        assertThat(published()).isEqualTo(published);
    }

    @Test
    void theSigningKeyIsStoredEncrypted() {
        exchange("api_key", "cdz_").expectStatus().isUnauthorized();
        text(client.get().uri("/internal/jwks.json").exchange().expectStatus().isOk());
        assertThat(Flux.from(database.getCollection("signing_keys").find())
                        .map(Document::toJson)
                        .collectList()
                        .block())
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("sealed")
                .contains("EC")
                .doesNotContain("\\\"d\\\"");
    }

    private List<String> roles(String secret) throws ParseException {
        return SignedJWT.parse(body(exchange("api_key", secret)).get("token").asString())
                .getJWTClaimsSet()
                .getStringListClaim("roles");
    }

    private JWKSet published() throws ParseException {
        return JWKSet.parse(text(client.get()
                .uri("/internal/jwks.json")
                .exchange()
                .expectStatus()
                .isOk()));
    }

    private KeyWithSecret make(UUID account, String... scopes) {
        return Objects.requireNonNull(createKey
                .create(account, new KeyRequest("tests", List.of(scopes), null, null, null))
                .block());
    }

    private WebTestClient.ResponseSpec exchange(String what, String value) {
        return client.post()
                .uri("/internal/exchange")
                .bodyValue(Map.of(what, value))
                .exchange();
    }
}
