package dev.cadenza.auth.session;

import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Where an account is logged in. */
@Component
public class ListSessions {

    private final Sessions sessions;
    private final Clock clock;

    ListSessions(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Its open sessions, the last used first. */
    public Flux<Versioned<Session>> list(UUID account) {
        return Flux.defer(() -> sessions.open(account, clock.instant()));
    }
}
