package dev.cadenza.auth.session.messaging;

import dev.cadenza.auth.security.messaging.SecurityFactTranslator;
import dev.cadenza.auth.session.Session;
import dev.cadenza.auth.session.SessionEvent;
import dev.cadenza.contracts.auth.v1.Revocation;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;
import java.util.HashMap;
import java.util.Map;

/** Says to others what happened to a session. */
public final class SessionEventTranslator {

    /** Where everybody hears of tokens that hold no longer. */
    public static final String REVOCATIONS = "auth.revocation.v1";

    private SessionEventTranslator() {}

    /** What is said of the session after the change. */
    public static EventMessage translate(Versioned<Session> session, SessionEvent event) {
        Session state = session.state();
        String id = session.id().toString();
        return switch (event) {
            case SessionEvent.Audited audited ->
                SecurityFactTranslator.message(
                        state.account(), null, audited.action(), id, details(state, id, audited));
            case SessionEvent.Revoked revoked ->
                new EventMessage(
                        "auth.revocation.added",
                        1,
                        new Revocation("session", state.sid(), null, revoked.until()),
                        REVOCATIONS);
        };
    }

    private static Map<String, String> details(Session session, String id, SessionEvent.Audited audited) {
        Map<String, String> details = new HashMap<>(audited.details());
        details.put("client", session.client());
        details.put("session", id);
        return details;
    }
}
