package dev.cadenza.auth.account;

import dev.cadenza.auth.mail.MailTokens;
import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Sets another password with the token of a mail. It works once; every session ends and every token that was given out
 * is revoked, API keys go on. Whoever has the token reads the address's mail, so it is verified too.
 */
@Component
public class ResetPassword {

    /** Said about any token that does not hold. */
    public static final Failure INVALID_TOKEN =
            new Failure.Unreadable("password.invalid_token", "The password reset link is invalid or has expired.");

    private final Accounts accounts;
    private final SetPassword set;
    private final AccountMails mails;
    private final TokenCut cut;
    private final Clock clock;

    ResetPassword(Accounts accounts, SetPassword set, AccountMails mails, TokenCut cut, Clock clock) {
        this.accounts = accounts;
        this.set = set;
        this.mails = mails;
        this.cut = cut;
        this.clock = clock;
    }

    /** {@link #INVALID_TOKEN}; {@link Failure.Invalid} where the password is not accepted: the token stays good. */
    public Mono<Void> reset(String token, @Nullable String newPassword, @Nullable String confirmation) {
        return Mono.defer(() -> {
            Password password = Password.confirmed(newPassword, confirmation);
            String hash = MailTokens.hash(token);
            return accounts.findByReset(hash)
                    .flatMap(found ->
                            accounts.change(found.id(), account -> account.resetClaimed(hash, clock.instant())))
                    .switchIfEmpty(Mono.error(INVALID_TOKEN::asException))
                    .flatMap(claimed -> set.set(
                            claimed,
                            password,
                            account -> account.passwordReset(hash, mails.passwordChanged(account), cut.now())));
        });
    }
}
