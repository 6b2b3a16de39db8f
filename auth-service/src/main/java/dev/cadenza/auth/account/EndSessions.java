package dev.cadenza.auth.account;

import dev.cadenza.auth.account.AccountEvent.Revoked;
import dev.cadenza.auth.session.RevokeSessions;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends the sessions of accounts whose lock or password says so, again until they have ended. */
@Component
public class EndSessions {

    private static final Logger LOG = LoggerFactory.getLogger(EndSessions.class);
    private static final int BATCH = 100;

    private final Accounts accounts;
    private final RevokeSessions sessions;
    private final TokenCut cut;
    private final Clock clock;

    EndSessions(Accounts accounts, RevokeSessions sessions, TokenCut cut, Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.cut = cut;
        this.clock = clock;
    }

    /** All that are left to do. */
    public Mono<Void> endDue() {
        return Mono.defer(() -> accounts.sessionsDue(clock.instant(), BATCH)
                .concatMap(account -> end(account, cut.now()))
                .then());
    }

    /** This account's, right after a change that revoked its tokens. Never fails: what does not work out is done later. */
    Mono<Versioned<Account>> endNow(Versioned<Account> account) {
        return account.state().duties().sessionsAt() == null ? Mono.just(account) : end(account, null);
    }

    private Mono<Versioned<Account>> end(Versioned<Account> account, @Nullable Revoked tokens) {
        return sessions.ofAccount(account.id())
                .then(Mono.defer(() -> accounts.change(account.id(), state -> state.sessionsEnded(tokens))))
                .onErrorResume(error -> {
                    LOG.warn("the sessions of {} have not ended yet: {}", account.id(), error.toString());
                    return Mono.empty();
                })
                .defaultIfEmpty(account);
    }
}
