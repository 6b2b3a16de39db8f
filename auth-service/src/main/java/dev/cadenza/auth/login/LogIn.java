package dev.cadenza.auth.login;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Password;
import dev.cadenza.auth.login.Authentication.Proof;
import dev.cadenza.auth.session.Session;
import dev.cadenza.auth.session.Sessions;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Logs somebody in by username or e-mail address. */
@Component
public class LogIn {

    /** Said alike whether the name or the password is wrong. */
    public static final Failure WRONG =
            new Failure.Unauthenticated("auth.invalid_credentials", "Invalid email or password.");

    private final Authentication authentication;
    private final Sessions sessions;
    private final Arrivals arrivals;
    private final LoginSettings settings;
    private final Supplier<UUID> ids;
    private final Clock clock;

    LogIn(
            Authentication authentication,
            Sessions sessions,
            Arrivals arrivals,
            LoginSettings settings,
            Supplier<UUID> ids,
            Clock clock) {
        this.authentication = authentication;
        this.sessions = sessions;
        this.arrivals = arrivals;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Somebody wants in.
     *
     * @param client dialect that asks; decides how long the tokens live
     * @param login username or e-mail address, as typed
     * @param otp code of the second factor; null where none was sent
     * @param verifiedOnly whether the address must be verified
     * @param lasting whether refreshing prolongs the session without end
     */
    public record Attempt(
            String client,
            String login,
            Password password,
            @Nullable String otp,
            boolean verifiedOnly,
            boolean lasting) {

        public Attempt {
            login = login.strip();
        }

        /** A session that lasts. */
        public Attempt(String client, String login, Password password, @Nullable String otp, boolean verifiedOnly) {
            this(client, login, password, otp, verifiedOnly, true);
        }

        @Override
        public String toString() {
            return "Attempt[" + client + "]";
        }
    }

    /** What became of it, where the password is right. */
    public sealed interface Outcome {

        /** In. */
        record LoggedIn(Versioned<Account> account, Tokens tokens) implements Outcome {}

        /** The account has a second factor, and its code is missing or wrong. */
        record SecondFactorNeeded(Versioned<Account> account) implements Outcome {}

        /** The address is not verified yet, which was asked for. */
        record Unverified() implements Outcome {}
    }

    /**
     * {@link #WRONG} where the credentials do not hold, {@link Failure.TooMany} where others did not hold too often,
     * {@link Failure.Forbidden} where they do and the account is locked.
     */
    public Mono<Outcome> logIn(Attempt attempt, ClientOrigin origin) {
        return Mono.defer(() -> {
            Instant start = clock.instant();
            return authentication.prove(attempt, origin).flatMap(proof -> switch (proof) {
                case Proof.Proven proven -> begin(attempt, proven, origin, start);
                case Proof.SecondFactorNeeded needed -> Mono.just(new Outcome.SecondFactorNeeded(needed.account()));
                case Proof.Unverified unverified -> Mono.just(new Outcome.Unverified());
            });
        });
    }

    private Mono<Outcome> begin(Attempt attempt, Proof.Proven proven, ClientOrigin origin, Instant start) {
        UUID session = ids.get();
        Instant now = clock.instant();
        return sessions.insert(
                        session,
                        Session.begin(
                                proven.account().id(),
                                Session.Kind.TOKENS,
                                attempt.client(),
                                proven.tokens().grant(),
                                attempt.lasting() ? null : now.plus(settings.unremembered()),
                                proven.visitor().newNetwork(),
                                origin,
                                now))
                .then(arrivals.settle(session, start, proven.visitor(), origin))
                .thenReturn(new Outcome.LoggedIn(proven.account(), proven.tokens()));
    }
}
