package dev.cadenza.auth.secondfactor;

import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes a device away from an account whose owner has proved that it is theirs. */
@Component
public class WithdrawSecondFactor {

    private static final Failure NOT_ENABLED =
            new Failure.Conflict("otp.not_enabled", "There is no second factor to remove.");

    private final SecondFactors factors;
    private final SettleSecondFactors settle;
    private final Clock clock;

    WithdrawSecondFactor(SecondFactors factors, SettleSecondFactors settle, Clock clock) {
        this.factors = factors;
        this.settle = settle;
        this.clock = clock;
    }

    /** From now on logins need no code; {@link Failure.Conflict} where they needed none. */
    public Mono<Void> withdraw(UUID account) {
        return factors.change(account, state -> state.leaving(clock.instant()))
                .filter(factor -> factor.state().isRequired())
                .switchIfEmpty(Mono.error(NOT_ENABLED::asException))
                .flatMap(settle::settle);
    }

    /** The account is gone, and its credentials with it. */
    public Mono<Void> forget(UUID account) {
        return factors.find(account).flatMap(factors::remove);
    }
}
