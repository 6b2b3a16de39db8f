package dev.cadenza.auth.account;

import dev.cadenza.auth.secondfactor.DemandSecondFactor;
import dev.cadenza.auth.secondfactor.WithdrawSecondFactor;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Takes the second factor away from an account whose owner has lost it and has convinced an administrator. Every session
 * ends, so that whoever goes on knows the password, and the owner is told first: this may be somebody else's wish.
 */
@Component
public class WithdrawLostSecondFactor {

    private static final Failure OWN = new Failure.Forbidden(
            "otp.own", "One's own second factor goes with password and code, or through another administrator.");

    private final Accounts accounts;
    private final AccountMails mails;
    private final DemandSecondFactor demand;
    private final WithdrawSecondFactor withdraw;
    private final EndSessions sessions;
    private final TokenCut cut;
    private final Clock clock;

    WithdrawLostSecondFactor(
            Accounts accounts,
            AccountMails mails,
            DemandSecondFactor demand,
            WithdrawSecondFactor withdraw,
            EndSessions sessions,
            TokenCut cut,
            Clock clock) {
        this.accounts = accounts;
        this.mails = mails;
        this.demand = demand;
        this.withdraw = withdraw;
        this.sessions = sessions;
        this.cut = cut;
        this.clock = clock;
    }

    /**
     * {@link Account#NOT_FOUND}; {@link Failure.Conflict} where there is none; {@link Failure.Forbidden} for one's own. May
     * be repeated where it did not work out.
     */
    public Mono<Versioned<Account>> withdraw(UUID actor, UUID account) {
        if (actor.equals(account)) {
            return Mono.error(OWN::asException);
        }
        return accounts.find(account)
                .filter(found -> found.state().status() == Account.Status.REGISTERED)
                .switchIfEmpty(Mono.error(Account.NOT_FOUND::asException))
                .filterWhen(found -> demand.isDemanded(account))
                .switchIfEmpty(Mono.error(WithdrawSecondFactor.NOT_ENABLED::asException))
                .then(Mono.defer(() -> accounts.changeRegistered(
                        account,
                        state -> state.secondFactorLost(mails.secondFactorRemoved(state), cut.now(), clock.instant()))))
                .flatMap(sessions::endNow)
                .flatMap(told -> withdraw.withdraw(account, actor).thenReturn(told))
                .flatMap(cut::passed);
    }
}
