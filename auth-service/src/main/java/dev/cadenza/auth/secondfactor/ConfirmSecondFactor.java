package dev.cadenza.auth.secondfactor;

import dev.cadenza.auth.secret.Sealing;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends the enrolment of a device: a code proves that it has the secret. */
@Component
public class ConfirmSecondFactor {

    private static final Failure NOT_OFFERED = new Failure.Conflict(
            "otp.not_offered", "There is nothing to confirm, or it was too long ago. Begin again.");

    private final SecondFactors factors;
    private final SettleSecondFactors settle;
    private final Sealing sealing;
    private final Clock clock;

    ConfirmSecondFactor(SecondFactors factors, SettleSecondFactors settle, Sealing sealing, Clock clock) {
        this.factors = factors;
        this.settle = settle;
        this.sealing = sealing;
        this.clock = clock;
    }

    /** From now on logins need a code; {@link Failure.Invalid} where this one is wrong. */
    public Mono<Void> confirm(UUID account, String code) {
        return factors.find(account)
                .filter(factor -> factor.state().isOffered(clock.instant()))
                .switchIfEmpty(Mono.error(NOT_OFFERED::asException))
                .flatMap(factor -> {
                    if (!Totp.accepts(secret(factor), code, clock.instant())) {
                        return Mono.error(Failure.invalidField("otp", "The code is wrong."));
                    }
                    return factors.change(account, state -> {
                        if (!Objects.equals(state.sealedSecret(), factor.state().sealedSecret())) {
                            // another one was offered meanwhile
                            throw NOT_OFFERED.asException();
                        }
                        return state.confirmed(clock.instant());
                    });
                })
                .flatMap(settle::settle);
    }

    private String secret(Versioned<SecondFactor> factor) {
        return sealing.open(
                        OfferSecondFactor.PURPOSE,
                        factor.id().toString(),
                        Objects.requireNonNull(factor.state().sealedSecret()))
                .orElseThrow(NOT_OFFERED::asException);
    }
}
