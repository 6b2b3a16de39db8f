package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.identity.Revocations;
import dev.cadenza.platform.testing.Forgeries;
import dev.cadenza.platform.testing.TestIssuer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Which tokens are believed, and what they say; with issuers that are asked for their keys once. */
@SpringBootTest(
        classes = {ExampleApplication.class, TokenTests.Revoking.class},
        properties = "cadenza.security.key-fetch-interval=1h",
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "60s")
class TokenTests {

    private static final String ROOT = "/api/v1/things";

    @Autowired
    WebTestClient client;

    @Autowired
    Revoked revoked;

    /** What the tests revoke. */
    static final class Revoked implements Revocations {
        final Set<Object> all = ConcurrentHashMap.newKeySet();

        @Override
        public boolean isRevoked(UUID user, @Nullable String session, @Nullable String key, Instant issuedAt) {
            return all.contains(user)
                    || session != null && all.contains(session)
                    || key != null && all.contains(key)
                    || all.contains(issuedAt);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Revoking {
        @Bean
        Revoked revoked() {
            return new Revoked();
        }
    }

    @DynamicPropertySource
    static void issuers(DynamicPropertyRegistry registry) {
        registry.add("cadenza.security.issuers[0].issuer", TestIssuer::issuer);
        registry.add("cadenza.security.issuers[0].jwks-uri", TestIssuer::jwksUri);
        registry.add("cadenza.security.issuers[1].issuer", () -> TestIssuer.INTERNAL);
        registry.add("cadenza.security.issuers[1].jwks-uri", TestIssuer::internalJwksUri);
        registry.add("cadenza.security.issuers[1].algorithm", () -> "ES256");
    }

    private WebTestClient.ResponseSpec get(String path, String token) {
        return client.get()
                .uri(ROOT + path)
                .header("Authorization", "Bearer " + token)
                .exchange();
    }

    @Test
    void noForgeryIsBelievedNorMakesUsAskAnybody() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer attacker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        attacker.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        attacker.start();
        try {
            UUID id = Ids.next();
            get("/me", TestIssuer.user(id, 1, "ann")).expectStatus().isOk();
            get("/me", TestIssuer.token(id, "ann").internal().sign())
                    .expectStatus()
                    .isOk();
            int fetches = TestIssuer.keyFetches();
            String elsewhere = "http://127.0.0.1:" + attacker.getAddress().getPort();
            Map<String, String> forgeries = Forgeries.of(id, "ann", elsewhere);
            assertThat(forgeries).hasSizeGreaterThan(60);
            SoftAssertions softly = new SoftAssertions();
            forgeries.forEach((name, token) -> {
                var answer = get("/me", token).expectBody(String.class).returnResult();
                softly.assertThat(answer.getStatus().value()).as(name).isEqualTo(401);
                softly.assertThat(answer.getResponseBody()).as(name).contains("\"AUTH_REQUIRED\"");
            });
            softly.assertAll();
            assertThat(asked).hasValue(0);
            assertThat(TestIssuer.keyFetches()).isEqualTo(fetches);
        } finally {
            attacker.stop(0);
        }
    }

    @Test
    void aTokenElsewhereThanInTheHeaderIsNone() {
        String token = TestIssuer.user(Ids.next(), 1, "ann");
        client.get()
                .uri(ROOT + "/me?access_token=" + token)
                .exchange()
                .expectStatus()
                .isUnauthorized();
        client.get()
                .uri(ROOT + "/me")
                .cookie("access_token", token)
                .exchange()
                .expectStatus()
                .isUnauthorized();
        client.get()
                .uri(ROOT + "/me")
                .header("Authorization", "Basic " + token)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void aLoginMayUseTheAccountAndCarriesItsSession() {
        String token = TestIssuer.token(Ids.next(), "ann")
                .session("s1")
                .claim("scope", "profile email")
                .sign();
        get("/account", token)
                .expectBody()
                .json("{\"session\":\"s1\",\"key\":\"null\",\"scopes\":\"none\",\"account\":true}");
        get("/password", token).expectStatus().isOk();
    }

    @Test
    void anApiKeyMayNotUseTheAccount() {
        String token = TestIssuer.token(Ids.next(), "ann")
                .internal()
                .key("key_0123456789abcdef", "tracks:read", "tracks:read")
                .sign();
        get("/account", token).expectBody().json("""
                {"session":"null","key":"key_0123456789abcdef","scopes":["tracks:read"],"account":false}""");
        get("/password", token)
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("AUTH_KEY_NOT_ALLOWED");
        String without = TestIssuer.token(Ids.next(), "ann")
                .internal()
                .key("key_0123456789abcdef")
                .sign();
        get("/account", without).expectBody().json("{\"scopes\":[]}");
    }

    @Test
    void aTokenThatIsKnownHoldsNoLongerThanItSays() {
        // a minute after its end a token still holds, for clocks differ
        String token = TestIssuer.token(Ids.next(), "ann")
                .lasting(Duration.ofSeconds(-52))
                .sign();
        get("/me", token).expectStatus().isOk();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> get("/me", token).expectStatus().isUnauthorized());
    }

    @Test
    void whatIsRevokedHoldsNoLonger() {
        UUID user = Ids.next();
        Instant issued = Instant.parse("2026-01-02T03:04:05Z");
        String bySession = TestIssuer.token(user, "ann").session("s-" + user).sign();
        String byKey = TestIssuer.token(user, "ann").internal().key("k-" + user).sign();
        String byMoment = TestIssuer.token(user, "ann").issuedAt(issued).sign();
        String byUser = TestIssuer.token(user, "ann").sign();
        Map<Object, String> tokens = Map.of("s-" + user, bySession, "k-" + user, byKey, issued, byMoment);
        tokens.forEach((subject, token) -> {
            get("/me", token).expectStatus().isOk();
            revoked.all.add(subject);
            get("/me", token).expectStatus().isUnauthorized();
            get("/open/maybe", token).expectStatus().isUnauthorized();
        });
        get("/me", byUser).expectStatus().isOk();
        revoked.all.add(user);
        get("/me", byUser).expectStatus().isUnauthorized();
        revoked.all.clear();
    }
}
