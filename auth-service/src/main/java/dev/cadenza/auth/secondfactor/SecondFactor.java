package dev.cadenza.auth.secondfactor;

import dev.cadenza.platform.core.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account's device that shows one-time codes. Keycloak keeps its credential and checks its codes; this says how far
 * that is. Its id is the account's.
 *
 * @param sealedSecret what the device computes codes from, encrypted; null once Keycloak has it
 * @param since when the stage began
 */
public record SecondFactor(Stage stage, @Nullable String sealedSecret, Instant since) {

    /** What has to be confirmed by then. */
    static final Duration OFFERED_FOR = Duration.ofMinutes(15);

    /** How far it is. */
    public enum Stage {
        /** The owner has seen the secret, and has not proved yet that a device has it too. */
        OFFERED,
        /** Proved; Keycloak is being told. */
        CONFIRMED,
        /** No login without a code. */
        ENABLED,
        /** Somebody wants it gone; Keycloak is being told. */
        LEAVING
    }

    /** What happens to second factors. */
    public sealed interface Event {

        /**
         * For the audit log.
         *
         * @param actor who did it, where it was not the owner
         */
        record Audited(String action, @Nullable UUID actor) implements Event {}
    }

    /** A secret is shown to the owner, in place of one that was not confirmed. */
    static Change<SecondFactor, Event> offered(String sealedSecret, Instant now) {
        return Change.of(new SecondFactor(Stage.OFFERED, sealedSecret, now));
    }

    /** Whether a login needs a code. */
    public boolean isRequired() {
        return stage != Stage.OFFERED;
    }

    /** Whether Keycloak has to be told. */
    public boolean isUnderWay() {
        return stage == Stage.CONFIRMED || stage == Stage.LEAVING;
    }

    /** Whether the owner may still confirm it. */
    boolean isOffered(Instant now) {
        return stage == Stage.OFFERED && since.plus(OFFERED_FOR).isAfter(now);
    }

    Change<SecondFactor, Event> confirmed(Instant now) {
        return Change.of(stage == Stage.OFFERED ? new SecondFactor(Stage.CONFIRMED, sealedSecret, now) : this);
    }

    Change<SecondFactor, Event> enabled(Instant now) {
        return stage == Stage.CONFIRMED
                ? Change.of(new SecondFactor(Stage.ENABLED, null, now), new Event.Audited("otp.enabled", null))
                : Change.of(this);
    }

    Change<SecondFactor, Event> leaving(@Nullable UUID actor, Instant now) {
        return stage == Stage.ENABLED
                ? Change.of(new SecondFactor(Stage.LEAVING, null, now), new Event.Audited("otp.disabled", actor))
                : Change.of(this);
    }
}
