package dev.cadenza.analytics.audit.messaging;

import dev.cadenza.analytics.audit.AuditEntry;
import dev.cadenza.analytics.audit.Denials;
import dev.cadenza.contracts.gateway.v1.AccessDenied;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Hears of requests that the gateway refused. */
@Component
class DenialHandler implements EventHandler {

    private final Denials denials;

    DenialHandler(Denials denials) {
        this.denials = denials;
    }

    @Override
    public Set<String> topics() {
        return Set.of("gateway.access.v1");
    }

    @Override
    public String group() {
        return "analytics.audit.denials";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        if (!event.type().equals("gateway.access.denied")) {
            return Mono.empty();
        }
        AccessDenied denied = event.dataAs(AccessDenied.class);
        Map<String, String> details = new TreeMap<>();
        details.put("method", denied.method());
        details.put("status", Integer.toString(denied.status()));
        if (denied.route() != null) {
            details.put("route", denied.route());
        }
        if (denied.keyId() != null) {
            details.put("key_id", denied.keyId());
        }
        return denials.record(AuditEntry.of(
                event.eventId(),
                denied.userId(),
                null,
                Denials.ACTION,
                denied.path(),
                denied.ip(),
                denied.userAgent(),
                details,
                denied.at()));
    }
}
