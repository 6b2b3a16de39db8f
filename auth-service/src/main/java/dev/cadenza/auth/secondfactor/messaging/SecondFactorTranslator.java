package dev.cadenza.auth.secondfactor.messaging;

import dev.cadenza.auth.secondfactor.SecondFactor;
import dev.cadenza.auth.security.messaging.SecurityFactTranslator;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;
import java.util.Map;

/** Says to others what happened to a second factor. */
public final class SecondFactorTranslator {

    private SecondFactorTranslator() {}

    /** What is said; the id of a second factor is its account's. */
    public static EventMessage translate(Versioned<SecondFactor> factor, SecondFactor.Event event) {
        return switch (event) {
            case SecondFactor.Event.Audited audited ->
                SecurityFactTranslator.message(factor.id(), audited.actor(), audited.action(), null, Map.of());
        };
    }
}
