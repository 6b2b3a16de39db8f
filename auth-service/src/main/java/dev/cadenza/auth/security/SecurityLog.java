package dev.cadenza.auth.security;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Records what concerns the security of an account and no aggregate's own write tells: a failed login, say. */
@Component
public class SecurityLog {

    private final SecurityFacts facts;
    private final Supplier<UUID> ids;
    private final Clock clock;

    SecurityLog(SecurityFacts facts, Supplier<UUID> ids, Clock clock) {
        this.facts = facts;
        this.ids = ids;
        this.clock = clock;
    }

    /** Completes when it is stored. Where the request came from is taken from the Reactor context. */
    public Mono<Void> record(@Nullable UUID user, String action, @Nullable String target, Map<String, String> details) {
        return Mono.defer(() -> facts.add(ids.get(), new SecurityFact(user, action, target, details, clock.instant())));
    }
}
