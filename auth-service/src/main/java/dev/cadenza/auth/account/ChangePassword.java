package dev.cadenza.auth.account;

import dev.cadenza.auth.login.CheckPassword;
import dev.cadenza.auth.login.LogIn;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sets another password for somebody who knows the old one. Every session ends, also the one that asks. */
@Component
public class ChangePassword {

    private final Accounts accounts;
    private final CheckPassword check;
    private final SetPassword set;
    private final AccountMails mails;
    private final TokenCut cut;
    private final Clock clock;

    ChangePassword(
            Accounts accounts, CheckPassword check, SetPassword set, AccountMails mails, TokenCut cut, Clock clock) {
        this.accounts = accounts;
        this.check = check;
        this.set = set;
        this.mails = mails;
        this.cut = cut;
        this.clock = clock;
    }

    /**
     * {@link Failure.Invalid} for {@code current_password} and {@code new_password}; {@link Failure.TooMany} after too
     * many wrong ones.
     */
    public Mono<Void> change(
            String client,
            UUID account,
            @Nullable String currentPassword,
            @Nullable String newPassword,
            ClientOrigin origin) {
        return Mono.defer(() -> {
            Password current = new Password(currentPassword == null ? "" : currentPassword);
            Password password = Password.chosen(
                    newPassword,
                    current.value().isEmpty() ? List.of(Registration.required("current_password")) : List.of());
            return accounts.find(account)
                    .switchIfEmpty(Mono.error(Account.NOT_FOUND::asException))
                    .flatMap(found -> check.check(client, found, current, origin)
                            .onErrorMap(
                                    ChangePassword::isWrong,
                                    wrong -> Failure.invalidField("current_password", "The password is wrong.")))
                    .then(Mono.defer(
                            () -> accounts.changeRegistered(account, state -> state.passwordClaimed(clock.instant()))))
                    .flatMap(claimed -> set.set(
                            claimed,
                            password,
                            state -> state.passwordChanged(mails.passwordChanged(state), cut.now())));
        });
    }

    private static boolean isWrong(Throwable error) {
        return error instanceof FailureException e && e.failure().equals(LogIn.WRONG);
    }
}
