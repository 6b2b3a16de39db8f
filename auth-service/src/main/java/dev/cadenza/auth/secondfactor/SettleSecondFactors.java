package dev.cadenza.auth.secondfactor;

import dev.cadenza.auth.secret.Sealing;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells Keycloak which logins need codes, also where somebody began to and died. Repeating it is harmless. */
@Component
public class SettleSecondFactors {

    private static final Logger LOG = LoggerFactory.getLogger(SettleSecondFactors.class);
    private static final int BATCH = 100;

    private final SecondFactors factors;
    private final OneTimeCodes codes;
    private final Sealing sealing;
    private final Clock clock;

    SettleSecondFactors(SecondFactors factors, OneTimeCodes codes, Sealing sealing, Clock clock) {
        this.factors = factors;
        this.codes = codes;
        this.sealing = sealing;
        this.clock = clock;
    }

    /** Settles what was left behind, up to a batch. */
    public Mono<Void> settle() {
        return Mono.defer(() -> factors.unsettled(clock.instant().minus(SecondFactor.OFFERED_FOR), BATCH)
                .concatMap(factor -> (factor.state().stage() == SecondFactor.Stage.OFFERED
                                ? factors.remove(factor)
                                : settle(factor))
                        .onErrorResume(error -> {
                            LOG.warn("second factor of {} stays unsettled: {}", factor.id(), error.toString());
                            return Mono.empty();
                        }))
                .then());
    }

    /** Settles this one. */
    Mono<Void> settle(Versioned<SecondFactor> factor) {
        return switch (factor.state().stage()) {
            case OFFERED, ENABLED -> Mono.empty();
            case CONFIRMED ->
                Mono.justOrEmpty(sealing.open(
                                OfferSecondFactor.PURPOSE,
                                factor.id().toString(),
                                Objects.requireNonNull(factor.state().sealedSecret())))
                        .flatMap(secret -> codes.demand(factor.id(), secret)
                                .then(Mono.defer(
                                        () -> factors.change(factor.id(), state -> state.enabled(clock.instant()))))
                                .thenReturn(true))
                        // encrypted under another secret of this service's: nobody can read it, so nobody needs it
                        .switchIfEmpty(Mono.defer(() -> factors.remove(factor).thenReturn(true)))
                        .then();
            case LEAVING -> codes.waive(factor.id()).then(Mono.defer(() -> factors.remove(factor)));
        };
    }
}
