package dev.cadenza.social.api.veza;

import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.social.webhook.CountDeliveries;
import dev.cadenza.social.webhook.DeleteWebhook;
import dev.cadenza.social.webhook.Delivery;
import dev.cadenza.social.webhook.ListWebhooks;
import dev.cadenza.social.webhook.RegenerateKey;
import dev.cadenza.social.webhook.RegisterWebhook;
import dev.cadenza.social.webhook.TestWebhook;
import dev.cadenza.social.webhook.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Webhooks of the caller. */
@RestController
@RequestMapping("/api/v1/webhooks")
class WebhookController {

    private final RegisterWebhook registerWebhook;
    private final ListWebhooks listWebhooks;
    private final DeleteWebhook deleteWebhook;
    private final TestWebhook testWebhook;
    private final CountDeliveries countDeliveries;
    private final RegenerateKey regenerateKey;

    WebhookController(
            RegisterWebhook registerWebhook,
            ListWebhooks listWebhooks,
            DeleteWebhook deleteWebhook,
            TestWebhook testWebhook,
            CountDeliveries countDeliveries,
            RegenerateKey regenerateKey) {
        this.registerWebhook = registerWebhook;
        this.listWebhooks = listWebhooks;
        this.deleteWebhook = deleteWebhook;
        this.testWebhook = testWebhook;
        this.countDeliveries = countDeliveries;
        this.regenerateKey = regenerateKey;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Mono<VezaEnvelope<RegisteredJson>> register(@RequestBody RegisterJson body, Caller caller) {
        return registerWebhook
                .register(caller.id(), body.url(), body.events(), body.secret())
                .map(webhook -> VezaEnvelope.data(RegisteredJson.of(webhook)));
    }

    @GetMapping
    Mono<VezaEnvelope<List<WebhookJson>>> list(Caller caller) {
        return listWebhooks.list(caller.id()).map(WebhookJson::of).collectList().map(VezaEnvelope::data);
    }

    @DeleteMapping("/{id}")
    Mono<VezaEnvelope<VezaEnvelope.Message>> delete(@PathVariable UUID id, Caller caller) {
        return deleteWebhook
                .delete(id, caller.id())
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Webhook deleted successfully")));
    }

    @PostMapping("/{id}/test")
    Mono<VezaEnvelope<TestedJson>> test(@PathVariable UUID id, Caller caller) {
        return testWebhook.test(id, caller.id()).map(delivery -> VezaEnvelope.data(TestedJson.of(delivery)));
    }

    @GetMapping("/stats")
    Mono<VezaEnvelope<StatsJson>> stats(Caller caller) {
        return countDeliveries.count(caller.id()).map(counts -> VezaEnvelope.data(StatsJson.of(counts)));
    }

    @PostMapping("/{id}/regenerate-key")
    Mono<VezaEnvelope<KeyJson>> regenerateKey(@PathVariable UUID id, Caller caller) {
        return regenerateKey.regenerate(id, caller.id()).map(key -> VezaEnvelope.data(new KeyJson(key.text())));
    }

    record RegisterJson(
            @Nullable String url,
            @Nullable List<@Nullable String> events,
            @Nullable String secret) {}

    record RegisteredJson(UUID id, String url, List<String> events, String apiKey, Instant createdAt) {
        static RegisteredJson of(Webhook webhook) {
            return new RegisteredJson(
                    webhook.id(),
                    webhook.url(),
                    webhook.events(),
                    webhook.currentKey().text(),
                    webhook.createdAt());
        }
    }

    record WebhookJson(UUID id, String url, List<String> events, boolean active, Instant createdAt) {
        static WebhookJson of(Webhook webhook) {
            return new WebhookJson(
                    webhook.id(), webhook.url(), webhook.events(), webhook.disabledAt() == null, webhook.createdAt());
        }
    }

    record TestedJson(
            String message,
            String status,
            @Nullable Integer responseStatus,
            @Nullable String error) {
        static TestedJson of(Delivery delivery) {
            return delivery.status() == Delivery.Status.DELIVERED
                    ? new TestedJson("Test event sent", "delivered", delivery.lastStatus(), null)
                    : new TestedJson(
                            "Test event was not accepted", "failed", delivery.lastStatus(), delivery.lastError());
        }
    }

    record StatsJson(long totalWebhooks, long totalEvents, long successfulDeliveries, long failedDeliveries) {
        static StatsJson of(CountDeliveries.Counts counts) {
            return new StatsJson(
                    counts.webhooks(),
                    counts.deliveries().total(),
                    counts.deliveries().delivered(),
                    counts.deliveries().failed());
        }
    }

    record KeyJson(String apiKey) {}
}
