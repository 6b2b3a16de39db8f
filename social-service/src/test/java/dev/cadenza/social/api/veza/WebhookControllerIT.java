package dev.cadenza.social.api.veza;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.social.Receiver;
import dev.cadenza.social.SocialIT;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class WebhookControllerIT extends SocialIT {

    private final User ada = User.named("ada");
    private final User bob = User.named("bob");
    private final Receiver receiver = new Receiver();

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void registersListsAndDeletesAsDocumented() {
        String registered = body(register(ada, """
                        {"url":"https://example.com/webhook","events":["track.uploaded","playlist.created"],
                        "secret":"webhook_secret_key"}""").expectStatus().isCreated());
        DocumentedJson.assertShape(registered, """
                {"success":true,"data":{"id":"550e8400-e29b-41d4-a716-446655440000",
                "url":"https://example.com/webhook","api_key":"wh_abc123def456","created_at":"2025-01-01T00:00:00Z"}}""");
        String listed = body(
                as(ada).get().uri("/api/v1/webhooks").exchange().expectStatus().isOk());
        DocumentedJson.assertShape(listed, """
                {"success":true,"data":[{"id":"550e8400-e29b-41d4-a716-446655440000",
                "url":"https://example.com/webhook","events":["track.uploaded"],"created_at":"2025-01-01T00:00:00Z"}]}""");
        assertThat(listed).doesNotContain("whsec_").doesNotContain("webhook_secret_key");
        as(ada).delete()
                .uri("/api/v1/webhooks/{id}", id(registered))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.message")
                .isEqualTo("Webhook deleted successfully");
        as(ada).get()
                .uri("/api/v1/webhooks")
                .exchange()
                .expectBody()
                .jsonPath("$.data.length()")
                .isEqualTo(0);
    }

    @Test
    void testsAWebhookAndCountsAsDocumented() {
        String id = id(body(register(ada, receiver.url("/hook"))));

        DocumentedJson.assertShape(
                body(as(ada).post()
                        .uri("/api/v1/webhooks/{id}/test", id)
                        .exchange()
                        .expectStatus()
                        .isOk()),
                """
                {"success":true,"data":{"message":"Test event sent","status":"delivered"}}""");
        assertThat(receiver.requests()).hasSize(1);
        assertThat(JsonPath.<String>read(receiver.requests().getFirst().body(), "$.type"))
                .isEqualTo("webhook.test");
        assertThat(JsonPath.<String>read(receiver.requests().getFirst().body(), "$.data.webhook_id"))
                .isEqualTo(id);
        receiver.answers(Receiver.status(500));
        as(ada).post()
                .uri("/api/v1/webhooks/{id}/test", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.status")
                .isEqualTo("failed")
                .jsonPath("$.data.response_status")
                .isEqualTo(500);
        String stats = body(as(ada).get()
                .uri("/api/v1/webhooks/stats")
                .exchange()
                .expectStatus()
                .isOk());
        DocumentedJson.assertShape(stats, """
                {"success":true,"data":{"total_webhooks":5,"total_events":150,"successful_deliveries":145,
                "failed_deliveries":5}}""");
        assertThat(JsonPath.<Map<String, Object>>read(stats, "$.data"))
                .isEqualTo(Map.of(
                        "total_webhooks", 1, "total_events", 2, "successful_deliveries", 1, "failed_deliveries", 1));
    }

    @Test
    void givesANewKeyAsDocumented() throws Exception {
        String registered = body(register(ada, receiver.url("/hook")));
        String former = JsonPath.read(registered, "$.data.api_key");

        String answer = body(as(ada).post()
                .uri("/api/v1/webhooks/{id}/regenerate-key", id(registered))
                .exchange()
                .expectStatus()
                .isOk());

        DocumentedJson.assertShape(answer, """
                {"success":true,"data":{"api_key":"wh_new_abc123def456"}}""");
        String fresh = JsonPath.read(answer, "$.data.api_key");
        assertThat(fresh).startsWith("whsec_").isNotEqualTo(former);
        as(ada).post().uri("/api/v1/webhooks/{id}/test", id(registered)).exchange();
        Receiver.Request request = receiver.requests().getFirst();
        String signature = new com.standardwebhooks.Webhook(fresh)
                .sign(
                        request.header("webhook-id"),
                        Long.parseLong(request.header("webhook-timestamp")),
                        request.body());
        assertThat(request.header("webhook-signature").split(" ")).hasSize(2).contains(signature);
    }

    @Test
    void somebodyElsesWebhookIsNotThere() {
        String id = id(body(register(ada, receiver.url("/hook"))));

        as(bob).delete()
                .uri("/api/v1/webhooks/{id}", id)
                .exchange()
                .expectStatus()
                .isNotFound();
        as(bob).post()
                .uri("/api/v1/webhooks/{id}/test", id)
                .exchange()
                .expectStatus()
                .isNotFound();
        as(bob).post()
                .uri("/api/v1/webhooks/{id}/regenerate-key", id)
                .exchange()
                .expectStatus()
                .isNotFound();
        as(bob).get()
                .uri("/api/v1/webhooks")
                .exchange()
                .expectBody()
                .jsonPath("$.data.length()")
                .isEqualTo(0);
        as(User.named("root", "user", "admin"))
                .post()
                .uri("/api/v1/webhooks/{id}/test", id)
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void refusesStrangers() {
        UUID id = UUID.randomUUID();

        client.get().uri("/api/v1/webhooks").exchange().expectStatus().isUnauthorized();
        client.get().uri("/api/v1/webhooks/stats").exchange().expectStatus().isUnauthorized();
        client.post()
                .uri("/api/v1/webhooks")
                .bodyValue(Map.of("url", "https://example.com/"))
                .exchange()
                .expectStatus()
                .isUnauthorized();
        client.post()
                .uri("/api/v1/webhooks/{id}/test", id)
                .exchange()
                .expectStatus()
                .isUnauthorized();
        client.delete()
                .uri("/api/v1/webhooks/{id}", id)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void namesTheFieldsThatAreWrong() {
        register(ada, """
                {"url":"http://169.254.169.254/","events":["nothing"],"secret":"x"}""")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("VALIDATION_ERROR")
                .jsonPath("$.error.details[*].field")
                .isEqualTo(List.of("url", "events", "secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{\"url\":{}}", "{\"events\":\"track.uploaded\"}", "[]"})
    void refusesWhatItCannotRead(String body) {
        register(ada, body).expectStatus().isBadRequest();
    }

    @Test
    void aUserHasOnlySoMany() {
        for (int i = 0; i < 4; i++) {
            register(bob, receiver.url("/" + i)).expectStatus().isCreated();
        }

        register(bob, receiver.url("/5"))
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("WEBHOOK_TOO_MANY");
    }

    private WebTestClient.ResponseSpec register(User user, String urlOrBody) {
        String body = urlOrBody.startsWith("http") ? "{\"url\":\"" + urlOrBody + "\",\"events\":[\"*\"]}" : urlOrBody;
        return as(user).post()
                .uri("/api/v1/webhooks")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static String id(String registered) {
        return JsonPath.read(registered, "$.data.id");
    }
}
