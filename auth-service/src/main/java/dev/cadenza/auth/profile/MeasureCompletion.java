package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Account;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells an owner or an administrator how complete a profile is. */
@Component
public class MeasureCompletion {

    private final ShowProfile show;

    MeasureCompletion(ShowProfile show) {
        this.show = show;
    }

    /** {@link Account#NOT_FOUND}, to everybody else too. */
    public Mono<Completion> measure(Actor actor, UUID account) {
        return show.byId(account)
                .filter(found -> actor.mayUse(account))
                .map(found -> Completion.of(found.state()))
                .switchIfEmpty(Mono.error(Account.NOT_FOUND::asException));
    }
}
