package dev.cadenza.auth.session;

import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Remembers when and from where a session was used last. */
@Component
public class FollowActivity {

    private final Sessions sessions;

    FollowActivity(Sessions sessions) {
        this.sessions = sessions;
    }

    /** What is older than what is known changes nothing, and neither does what concerns no session of ours. */
    public Mono<Void> follow(String sid, String ip, Instant at) {
        return sessions.findBySid(sid)
                .flatMap(session -> sessions.change(session.id(), state -> state.used(ip, at)))
                .then();
    }
}
