package dev.cadenza.auth.login;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.account.FinishRegistrations;
import dev.cadenza.auth.attempt.Doorkeeper;
import dev.cadenza.auth.attempt.Visitor;
import dev.cadenza.auth.login.LogIn.Attempt;
import dev.cadenza.auth.secondfactor.DemandSecondFactor;
import dev.cadenza.auth.secret.Sha256;
import dev.cadenza.auth.security.SecurityLog;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds out who somebody is. Names that nobody has go the same way as all others, step by step, so that neither the
 * answer nor its time tells whether there is such an account: Keycloak hashes a password for unknown names too.
 */
@Component
class Authentication {

    private static final int LONGEST_SHOWN = 64;

    private final Logins logins;
    private final Doorkeeper doorkeeper;
    private final DemandSecondFactor secondFactor;
    private final Accounts accounts;
    private final FinishRegistrations registrations;
    private final SecurityLog log;

    Authentication(
            Logins logins,
            Doorkeeper doorkeeper,
            DemandSecondFactor secondFactor,
            Accounts accounts,
            FinishRegistrations registrations,
            SecurityLog log) {
        this.logins = logins;
        this.doorkeeper = doorkeeper;
        this.secondFactor = secondFactor;
        this.accounts = accounts;
        this.registrations = registrations;
        this.log = log;
    }

    /** What the credentials of an attempt prove, where the password is right. */
    sealed interface Proof {

        /** Everything. Whoever gets this begins a session for them or ends Keycloak's. */
        record Proven(Versioned<Account> account, Tokens tokens, Visitor visitor) implements Proof {}

        /** Not enough: the code is missing or wrong. */
        record SecondFactorNeeded(Versioned<Account> account) implements Proof {}

        /** Not enough: the address is not verified, which was asked for. */
        record Unverified() implements Proof {}
    }

    /** {@link LogIn#WRONG}, or {@link Failure.TooMany} for whoever was wrong too often. */
    Mono<Proof> prove(Attempt attempt, ClientOrigin origin) {
        return holder(attempt.login())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(account -> admitted(attempt, account, origin))
                .flatMap(tried -> secondFactor
                        .isDemanded(tried.visitor().subject())
                        .flatMap(demanded -> demanded
                                ? withSecondFactor(tried)
                                : counted(begin(tried, null), tried, null).flatMap(tokens -> proven(tried, tokens))));
    }

    /** Whether this is the account's password; fails and counts like a login. */
    Mono<Void> check(Versioned<Account> account, Attempt attempt, ClientOrigin origin) {
        return admitted(attempt, Optional.of(account), origin)
                .flatMap(tried -> counted(check(tried), tried, null).then(doorkeeper.stillOpen(tried.visitor())));
    }

    /** Ends Keycloak's session of tokens that nobody gets. */
    Mono<Void> discard(Attempt attempt, Tokens tokens) {
        return logins.end(attempt.client(), tokens.refreshToken());
    }

    /** An attempt that nobody has to wait for. */
    private record Try(Attempt attempt, Optional<Versioned<Account>> account, Visitor visitor) {}

    private Mono<Versioned<Account>> holder(String login) {
        String key = Account.key(login);
        return key.contains("@") ? accounts.findByEmail(key) : accounts.findByUsername(key);
    }

    private Mono<Try> admitted(Attempt attempt, Optional<Versioned<Account>> account, ClientOrigin origin) {
        UUID subject = account.map(Versioned::id).orElseGet(() -> nobody(attempt.login()));
        return doorkeeper
                .admit(subject, origin)
                .map(visitor -> new Try(attempt, account, visitor))
                .onErrorResume(
                        Authentication::isTooMany,
                        refused ->
                                record("login.refused", attempt, account, null).then(Mono.error(refused)));
    }

    /**
     * The password first, without the code: a wrong password then costs as much time as with other accounts, and tells
     * as little.
     */
    private Mono<Proof> withSecondFactor(Try tried) {
        String otp = tried.attempt().otp();
        Proof needed = new Proof.SecondFactorNeeded(tried.account().orElseThrow());
        return counted(check(tried), tried, null)
                .then(Mono.defer(() -> otp == null || otp.isBlank()
                        ? doorkeeper.stillOpen(tried.visitor()).thenReturn(needed)
                        : counted(begin(tried, otp.strip()), tried, "second_factor")
                                .map(Optional::of)
                                .onErrorResume(Authentication::isWrong, wrong -> Mono.just(Optional.empty()))
                                .flatMap(tokens ->
                                        tokens.isPresent() ? proven(tried, tokens.get()) : Mono.just(needed))));
    }

    private Mono<Tokens> begin(Try tried, @Nullable String otp) {
        Attempt attempt = tried.attempt();
        return logins.begin(attempt.client(), attempt.login(), attempt.password(), otp);
    }

    private Mono<Void> check(Try tried) {
        return logins.check(tried.attempt().login(), tried.attempt().password());
    }

    /** A wrong one counts, and is written down. */
    private <T> Mono<T> counted(Mono<T> credentials, Try tried, @Nullable String reason) {
        return credentials.onErrorResume(
                Authentication::isWrong,
                wrong -> record("login.failed", tried.attempt(), tried.account(), reason)
                        .then(doorkeeper.failed(tried.visitor()))
                        .then(Mono.error(wrong)));
    }

    private Mono<Proof> proven(Try tried, Tokens tokens) {
        Attempt attempt = tried.attempt();
        return doorkeeper
                .stillOpen(tried.visitor())
                .then(Mono.defer(() -> accounts.find(tried.visitor().subject())))
                .filter(account -> account.id().equals(tokens.account()))
                .flatMap(this::completed)
                // credentials of an account that is gone, or going, open nothing
                .switchIfEmpty(Mono.error(LogIn.WRONG::asException))
                .<Proof>flatMap(account -> {
                    if (account.state().locked()) {
                        return record("login.failed", attempt, tried.account(), "locked")
                                .then(Mono.error(Account.LOCKED.asException()));
                    }
                    if (attempt.verifiedOnly() && !account.state().verified()) {
                        return record("login.failed", attempt, tried.account(), "unverified")
                                .then(discard(attempt, tokens))
                                .thenReturn(new Proof.Unverified());
                    }
                    return Mono.just(new Proof.Proven(account, tokens, tried.visitor()));
                })
                .onErrorResume(
                        error -> discard(attempt, tokens).onErrorComplete().then(Mono.error(error)));
    }

    private Mono<Versioned<Account>> completed(Versioned<Account> account) {
        return switch (account.state().status()) {
            case REGISTERED -> Mono.just(account);
            case REGISTERING -> registrations.complete(account);
            case ABANDONED, DELETING -> Mono.empty();
        };
    }

    private Mono<Void> record(
            String action, Attempt attempt, Optional<Versioned<Account>> account, @Nullable String reason) {
        return log.record(account.map(Versioned::id).orElse(null), action, null, details(attempt, reason));
    }

    private static Map<String, String> details(Attempt attempt, @Nullable String reason) {
        Map<String, String> details = new HashMap<>();
        details.put("client", attempt.client());
        details.put("login", shown(attempt.login()));
        if (reason != null) {
            details.put("reason", reason);
        }
        return details;
    }

    /** As typed, but nothing that could change the line that it stands in. */
    private static String shown(String login) {
        return login.codePoints()
                .map(c -> Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c)
                .limit(LONGEST_SHOWN)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Stands for a name that no account has. */
    private static UUID nobody(String login) {
        return Sha256.id("nobody " + Account.key(login));
    }

    static boolean isWrong(Throwable error) {
        return error instanceof FailureException e && e.failure().equals(LogIn.WRONG);
    }

    private static boolean isTooMany(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.TooMany;
    }
}
