package dev.cadenza.social.webhook;

import java.time.Clock;
import reactor.core.publisher.Mono;

/** Removes finished deliveries once they are old enough. */
public final class ForgetDeliveries {

    private final Deliveries deliveries;
    private final WebhookSettings settings;
    private final Clock clock;

    public ForgetDeliveries(Deliveries deliveries, WebhookSettings settings, Clock clock) {
        this.deliveries = deliveries;
        this.settings = settings;
        this.clock = clock;
    }

    /** One portion; how many were removed. */
    public Mono<Long> forget() {
        return Mono.defer(() -> deliveries.removeFinishedBefore(clock.instant().minus(settings.keepFor())));
    }
}
