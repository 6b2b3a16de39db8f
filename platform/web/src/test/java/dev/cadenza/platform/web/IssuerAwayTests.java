package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.TestIssuer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A service that was started while nobody could be asked for keys. */
@SpringBootTest(classes = ExampleApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "60s")
class IssuerAwayTests {

    @Autowired
    WebTestClient client;

    @DynamicPropertySource
    static void issuers(DynamicPropertyRegistry registry) {
        registry.add("cadenza.security.issuers[0].issuer", TestIssuer::issuer);
        registry.add("cadenza.security.issuers[0].jwks-uri", () -> "http://127.0.0.1:1/certs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/things", "/v1/ai/things", "/api/things", "/api/vocal/things", "/musewave/things"})
    void aTokenThatCannotBeCheckedIsNobodysFault(String root) {
        String body = client.get()
                .uri(root + "/me")
                .header("Authorization", "Bearer " + TestIssuer.user(Ids.next(), 1, "ann"))
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "5")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(body).contains("The identity service does not answer.");
        client.get().uri(root + "/me").exchange().expectStatus().isUnauthorized();
        client.get().uri(root + "/open/maybe").exchange().expectStatus().isOk();
    }
}
