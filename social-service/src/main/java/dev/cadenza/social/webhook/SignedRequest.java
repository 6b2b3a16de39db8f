package dev.cadenza.social.webhook;

import java.time.Instant;
import java.util.Map;

/** Headers of a delivery, as Standard Webhooks wants them. */
final class SignedRequest {

    private SignedRequest() {}

    static Map<String, String> headers(Webhook webhook, Delivery delivery, Instant now) {
        String id = delivery.eventId().toString();
        return Map.of(
                "webhook-id", id,
                "webhook-timestamp", Long.toString(now.getEpochSecond()),
                "webhook-signature", Signature.header(webhook.keysAt(now), id, now, delivery.body()));
    }
}
