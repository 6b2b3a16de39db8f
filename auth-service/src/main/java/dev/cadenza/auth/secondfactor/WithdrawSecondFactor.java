package dev.cadenza.auth.secondfactor;

import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes a device away from an account. */
@Component
public class WithdrawSecondFactor {

    /** Said where there is none. */
    public static final Failure NOT_ENABLED =
            new Failure.Conflict("otp.not_enabled", "There is no second factor to remove.");

    private final SecondFactors factors;
    private final SettleSecondFactors settle;
    private final Clock clock;

    WithdrawSecondFactor(SecondFactors factors, SettleSecondFactors settle, Clock clock) {
        this.factors = factors;
        this.settle = settle;
        this.clock = clock;
    }

    /**
     * From now on logins need no code; {@link #NOT_ENABLED} where they needed none.
     *
     * @param actor who wants that, where it is not the owner
     */
    public Mono<Void> withdraw(UUID account, @Nullable UUID actor) {
        return factors.change(account, state -> state.leaving(actor, clock.instant()))
                .filter(factor -> factor.state().isRequired())
                .switchIfEmpty(Mono.error(NOT_ENABLED::asException))
                .flatMap(settle::settle);
    }

    /** The account is gone, and its credentials with it. */
    public Mono<Void> forget(UUID account) {
        return factors.find(account).flatMap(factors::remove);
    }
}
