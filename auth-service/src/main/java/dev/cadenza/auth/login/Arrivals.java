package dev.cadenza.auth.login;

import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.account.TellOfNewLogin;
import dev.cadenza.auth.attempt.Doorkeeper;
import dev.cadenza.auth.attempt.Visitor;
import dev.cadenza.auth.session.Sessions;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The last step of a login, when its session is stored and before anybody gets it. */
@Component
class Arrivals {

    private final Accounts accounts;
    private final Sessions sessions;
    private final TellOfNewLogin tell;
    private final Doorkeeper doorkeeper;
    private final Clock clock;

    Arrivals(Accounts accounts, Sessions sessions, TellOfNewLogin tell, Doorkeeper doorkeeper, Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tell = tell;
        this.doorkeeper = doorkeeper;
        this.clock = clock;
    }

    /**
     * Ends the session where the account was locked, or all its sessions were ended, while this login was under way: who
     * did that has not seen this one. {@link LogIn#WRONG} then. Otherwise the device is known from now on, and the owner is
     * told of a network that is new; at an address that was never proved somebody else might read that.
     *
     * @param session its id
     * @param start of the login
     */
    Mono<Void> settle(UUID session, Instant start, Visitor visitor, ClientOrigin origin) {
        UUID account = visitor.subject();
        return accounts.find(account)
                .filter(found -> found.state().isUsable())
                .filterWhen(found -> sessions.allEndedAt(account)
                        .map(at -> at.isBefore(start.truncatedTo(ChronoUnit.MILLIS)))
                        .defaultIfEmpty(true))
                .switchIfEmpty(Mono.defer(() -> sessions.change(session, state -> state.ended(clock.instant()))
                        .then(Mono.error(LogIn.WRONG::asException))))
                .flatMap(found -> (visitor.newNetwork() && found.state().verified()
                                ? tell.tell(account, session, origin, start)
                                : Mono.<Void>empty())
                        .then(doorkeeper.recognise(visitor)));
    }
}
