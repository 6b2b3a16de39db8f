package dev.cadenza.auth.session.messaging;

import dev.cadenza.auth.session.FollowActivity;
import dev.cadenza.contracts.gateway.v1.SessionActive;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Hears from the gateway that sessions are used. */
@Component
class SessionActiveListener implements EventHandler {

    private static final String TOPIC = "gateway.access.v1";
    private static final String ACTIVE = "gateway.session.active";

    private final FollowActivity follow;

    SessionActiveListener(FollowActivity follow) {
        this.follow = follow;
    }

    @Override
    public Set<String> topics() {
        return Set.of(TOPIC);
    }

    @Override
    public String group() {
        return "auth.sessions";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        if (!event.type().equals(ACTIVE)) {
            return Mono.empty();
        }
        SessionActive active = event.dataAs(SessionActive.class);
        return follow.follow(active.session(), active.ip(), active.at());
    }
}
