package dev.cadenza.auth.security.messaging;

import dev.cadenza.auth.security.SecurityFact;
import dev.cadenza.contracts.auth.v1.SecurityEvent;
import dev.cadenza.platform.events.EventMessage;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says to others what concerns the security of an account. */
public final class SecurityFactTranslator {

    /** Where it is said. */
    public static final String TOPIC = "auth.security.v1";

    private static final String TYPE = "auth.security.recorded";

    private SecurityFactTranslator() {}

    /** A fact. */
    public static EventMessage translate(UUID id, SecurityFact fact) {
        return message(fact.user(), null, fact.action(), fact.target(), fact.details());
    }

    /** A fact that the outbox of some aggregate carries. */
    public static EventMessage message(
            @Nullable UUID user,
            @Nullable UUID actor,
            String action,
            @Nullable String target,
            Map<String, String> details) {
        return new EventMessage(TYPE, 1, new SecurityEvent(user, actor, action, target, details), TOPIC);
    }
}
