package dev.cadenza.platform.web;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest(
        classes = ExampleApplication.class,
        properties = "cadenza.role=worker",
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "60s")
class WorkerSecurityTests {

    @Autowired
    WebTestClient client;

    @Test
    void aWorkerShowsItsHealthAndNumbersAndNothingElse() {
        client.get().uri("/actuator/health").exchange().expectStatus().isOk();
        client.get().uri("/actuator/prometheus").exchange().expectStatus().isOk();
        for (String path : new String[] {"/api/v1/things/open/maybe", "/v3/api-docs", "/actuator/env", "/"}) {
            client.get().uri(path).exchange().expectStatus().isNotFound();
        }
    }
}
