package dev.cadenza.auth.session;

import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes sessions that are over. */
@Component
public class ForgetSessions {

    private static final int BATCH = 1_000;
    private static final int AT_ONCE = 8;

    private final Sessions sessions;
    private final SessionSettings settings;
    private final Clock clock;

    ForgetSessions(Sessions sessions, SessionSettings settings, Clock clock) {
        this.sessions = sessions;
        this.settings = settings;
        this.clock = clock;
    }

    /** Those that nobody has to remember any more, up to a batch. */
    public Mono<Long> forget() {
        return Mono.defer(() -> {
            Instant before = clock.instant().minus(settings.remembered());
            return sessions.forgetEnds(before).then(remove(sessions.over(before, BATCH)));
        });
    }

    /** All of an account that is gone; its tokens are revoked already. */
    public Mono<Long> ofAccount(UUID account) {
        return remove(sessions.ofAccount(account));
    }

    private Mono<Long> remove(Flux<Versioned<Session>> found) {
        return found.flatMap(session -> sessions.remove(session).thenReturn(session), AT_ONCE)
                .count();
    }
}
