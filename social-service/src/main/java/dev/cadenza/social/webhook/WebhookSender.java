package dev.cadenza.social.webhook;

import java.net.URI;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Sends one request to an address that a user chose. */
public interface WebhookSender {

    /** Posts {@code body} as JSON; every trouble is an outcome, not an error. */
    Mono<Outcome> post(URI url, Map<String, String> headers, String body);
}
