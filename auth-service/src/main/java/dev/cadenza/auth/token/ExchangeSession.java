package dev.cadenza.auth.token;

import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.session.ResolveBrowserSession;
import dev.cadenza.platform.core.Failure;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives a token for a browser's session. */
@Component
public class ExchangeSession {

    /** Said about every session that does not hold, whatever the reason. */
    public static final Failure INVALID =
            new Failure.Unauthenticated("auth.invalid_session", "The session is not valid.");

    private final ResolveBrowserSession resolve;
    private final Accounts accounts;
    private final IssueToken issue;

    ExchangeSession(ResolveBrowserSession resolve, Accounts accounts, IssueToken issue) {
        this.resolve = resolve;
        this.accounts = accounts;
        this.issue = issue;
    }

    /** {@link #INVALID} where the cookie opens no session of an account that may be used. */
    public Mono<InternalToken> exchange(String cookie) {
        return resolve.resolve(cookie)
                .flatMap(session -> accounts.find(session.account())
                        .filter(account -> account.state().isUsable())
                        .flatMap(account -> issue.issue(
                                        account, account.state().roles(), claims -> claims.claim("sid", session.sid()))
                                .map(issued -> new InternalToken(
                                        issued.token(),
                                        issued.expiresAt(),
                                        account.id(),
                                        session.sid(),
                                        session.csrfToken(),
                                        null,
                                        null,
                                        null))))
                .switchIfEmpty(Mono.error(INVALID::asException));
    }
}
