package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

@ExampleApplicationTest
class OpenApiTests {

    @Autowired
    WebTestClient client;

    @Test
    void aServiceDescribesItselfWithoutTheCallerAsAParameter() {
        client.get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(document -> assertThat(document)
                        .contains("\"openapi\":\"3.0")
                        .contains("/api/v1/things/open/number/{number}")
                        .doesNotContain("\"caller\""));
    }

    @Test
    void whatTheFirewallRefusesIsAnsweredInTheDialect() {
        client.get()
                .uri("/musewave/things;v=1/open/maybe")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.error")
                .exists();
    }
}
