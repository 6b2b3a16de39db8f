package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Failure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes an account: nobody logs in with it any more, then everything that belongs to it goes. */
@Component
public class DeleteAccount {

    private final Accounts accounts;
    private final KeepAdministrator administrators;
    private final FinishDeletions finish;
    private final AccountMails mails;
    private final TokenCut cut;

    DeleteAccount(
            Accounts accounts,
            KeepAdministrator administrators,
            FinishDeletions finish,
            AccountMails mails,
            TokenCut cut) {
        this.accounts = accounts;
        this.administrators = administrators;
        this.finish = finish;
        this.mails = mails;
        this.cut = cut;
    }

    /**
     * Completes when the account can no longer be used; usually it is gone by then. {@link Account#NOT_FOUND};
     * {@link Failure.Conflict} for the last administrator.
     *
     * @param actor who deletes it, where it is not the owner
     */
    public Mono<Void> delete(@Nullable UUID actor, UUID account) {
        return administrators
                .unlessLast(
                        account,
                        accounts.changeRegistered(
                                account, state -> state.deleting(actor, mails.deleted(state), cut.now())))
                .flatMap(finish::finishNow);
    }
}
