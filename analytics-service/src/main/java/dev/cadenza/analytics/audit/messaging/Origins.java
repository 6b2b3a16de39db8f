package dev.cadenza.analytics.audit.messaging;

import dev.cadenza.platform.core.identity.ClientOrigin;
import dev.cadenza.platform.events.ReceivedEvent;

/** Where the request of an event came from; empty for what no request made. */
final class Origins {

    private Origins() {}

    static String ip(ReceivedEvent event) {
        ClientOrigin origin = event.origin();
        return origin == null ? "" : origin.ip();
    }

    static String userAgent(ReceivedEvent event) {
        ClientOrigin origin = event.origin();
        return origin == null ? "" : origin.userAgent();
    }
}
