package dev.cadenza.auth.key.messaging;

import dev.cadenza.auth.key.KeyEvent;
import dev.cadenza.auth.key.KeyRing;
import dev.cadenza.auth.security.messaging.SecurityFactTranslator;
import dev.cadenza.auth.session.messaging.SessionEventTranslator;
import dev.cadenza.contracts.auth.v1.Revocation;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;

/** Says to others what happened to API keys. */
public final class KeyEventTranslator {

    private KeyEventTranslator() {}

    /** The event, for the topic that it belongs to. */
    public static EventMessage translate(Versioned<KeyRing> ring, KeyEvent event) {
        return switch (event) {
            case KeyEvent.Audited audited ->
                SecurityFactTranslator.message(ring.id(), null, audited.action(), audited.key(), audited.details());
            case KeyEvent.Revoked revoked ->
                new EventMessage(
                        "auth.revocation.added",
                        1,
                        new Revocation("key", revoked.key(), revoked.issuedBefore(), revoked.until()),
                        SessionEventTranslator.REVOCATIONS);
        };
    }
}
