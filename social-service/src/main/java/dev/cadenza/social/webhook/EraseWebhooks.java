package dev.cadenza.social.webhook;

import dev.cadenza.platform.events.PersonalData;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** An account is gone: its webhooks go, and then what was delivered or waits, for nothing new comes any more. */
public final class EraseWebhooks implements PersonalData {

    private final Webhooks webhooks;
    private final Deliveries deliveries;

    public EraseWebhooks(Webhooks webhooks, Deliveries deliveries) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return webhooks.removeAllOf(account)
                .then(deliveries.removeAllOf(account))
                .then();
    }
}
