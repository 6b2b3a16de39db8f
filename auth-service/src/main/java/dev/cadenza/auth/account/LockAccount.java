package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shuts an account's owner out: every session ends, every token is revoked, no login or API key works. */
@Component
public class LockAccount {

    private final Accounts accounts;
    private final KeepAdministrator administrators;
    private final EndSessions sessions;
    private final TokenCut cut;
    private final Clock clock;

    LockAccount(Accounts accounts, KeepAdministrator administrators, EndSessions sessions, TokenCut cut, Clock clock) {
        this.accounts = accounts;
        this.administrators = administrators;
        this.sessions = sessions;
        this.cut = cut;
        this.clock = clock;
    }

    /** {@link Account#NOT_FOUND}; {@link Failure.Conflict} for the last administrator. May be repeated. */
    public Mono<Versioned<Account>> lock(UUID actor, UUID account) {
        return administrators
                .unlessLast(
                        account,
                        accounts.changeRegistered(
                                account, state -> state.lockChanged(true, actor, cut.now(), clock.instant())))
                .flatMap(sessions::endNow)
                .flatMap(cut::passed);
    }
}
