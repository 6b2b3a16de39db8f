package dev.cadenza.auth.secondfactor;

import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whether a login needs a code. */
@Component
public class DemandSecondFactor {

    private final SecondFactors factors;
    private final SettleSecondFactors settle;

    DemandSecondFactor(SecondFactors factors, SettleSecondFactors settle) {
        this.factors = factors;
        this.settle = settle;
    }

    /** Settles first what is under way, so that Keycloak thinks so too. False for accounts that do not exist. */
    public Mono<Boolean> isDemanded(UUID account) {
        return factors.find(account)
                .flatMap(factor -> factor.state().isUnderWay()
                        ? settle.settle(factor).then(Mono.defer(() -> factors.find(account)))
                        : Mono.just(factor))
                .map(factor -> factor.state().isRequired())
                .defaultIfEmpty(false);
    }
}
