package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Versioned;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes what belongs to accounts that somebody wants gone, then the accounts. Every step may be repeated. */
@Component
public class FinishDeletions {

    private static final Logger LOG = LoggerFactory.getLogger(FinishDeletions.class);
    private static final int BATCH = 100;

    private final Accounts accounts;
    private final Identities identities;
    private final OrderMails mails;
    private final List<Erasure> erasures;

    FinishDeletions(Accounts accounts, Identities identities, OrderMails mails, List<Erasure> erasures) {
        this.accounts = accounts;
        this.identities = identities;
        this.mails = mails;
        this.erasures = List.copyOf(erasures);
    }

    /** All that are left to do. */
    public Mono<Void> finish() {
        return accounts.deleting(BATCH).concatMap(this::finishNow).then();
    }

    /** This one. Never fails: what does not work out now is done later. */
    Mono<Void> finishNow(Versioned<Account> account) {
        return Flux.fromIterable(erasures)
                .concatMap(erasure -> erasure.erase(account.id()))
                .then(Mono.defer(() -> identities.remove(account.id())))
                .then(Mono.defer(() -> accounts.find(account.id())))
                .flatMap(mails::handOver)
                .flatMap(accounts::delete)
                .onErrorResume(error -> {
                    LOG.warn("account {} is not gone yet: {}", account.id(), error.toString());
                    return Mono.empty();
                });
    }
}
