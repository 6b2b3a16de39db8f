package dev.cadenza.auth.account;

import dev.cadenza.auth.mail.MailKind;
import dev.cadenza.auth.mail.MailOrder;
import dev.cadenza.auth.mail.MailTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Orders mails to the owners of accounts. */
@Component
class AccountMails {

    private final MailTokens tokens;
    private final AccountSettings settings;
    private final Supplier<UUID> ids;
    private final Clock clock;

    AccountMails(MailTokens tokens, AccountSettings settings, Supplier<UUID> ids, Clock clock) {
        this.tokens = tokens;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /** For the dialect in which the account was registered. */
    TokenMail verification(Account account) {
        Verification verification = account.verification();
        return verification(ids.get(), verification == null ? Verification.NATIVE : verification.client(), account);
    }

    TokenMail verification(UUID mail, String client, Account account) {
        return withToken(mail, MailKind.VERIFY, client, account, settings.tokensValidFor());
    }

    TokenMail reset(UUID mail, String client, Account account) {
        return withToken(mail, MailKind.RESET, client, account, settings.resetsValidFor());
    }

    MailOrder passwordChanged(Account account) {
        return order(
                ids.get(), MailKind.PASSWORD_CHANGED, Verification.NATIVE, account, Map.of(), clock.instant(), null);
    }

    MailOrder secondFactorRemoved(Account account) {
        return order(
                ids.get(),
                MailKind.SECOND_FACTOR_REMOVED,
                Verification.NATIVE,
                account,
                Map.of(),
                clock.instant(),
                null);
    }

    MailOrder deleted(Account account) {
        return order(
                ids.get(), MailKind.ACCOUNT_DELETED, Verification.NATIVE, account, Map.of(), clock.instant(), null);
    }

    MailOrder newLogin(UUID mail, Account account, Map<String, String> facts, Instant at) {
        return order(
                mail, MailKind.NEW_LOGIN, Verification.NATIVE, account, facts, at, at.plus(settings.tokensValidFor()));
    }

    private TokenMail withToken(UUID mail, MailKind kind, String client, Account account, Duration validFor) {
        Instant now = clock.instant();
        Instant until = now.plus(validFor);
        return new TokenMail(order(mail, kind, client, account, Map.of(), now, until), tokens.hashOf(mail), until);
    }

    private static MailOrder order(
            UUID mail,
            MailKind kind,
            String client,
            Account account,
            Map<String, String> facts,
            Instant at,
            @Nullable Instant usefulUntil) {
        return new MailOrder(mail, kind, client, account.email(), account.handle(), facts, at, usefulUntil);
    }
}
