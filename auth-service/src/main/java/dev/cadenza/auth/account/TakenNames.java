package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What of a registration somebody else has already: for forms that show everything that is wrong at once. */
@Component
public class TakenNames {

    private final Accounts accounts;

    TakenNames(Accounts accounts) {
        this.accounts = accounts;
    }

    /** One violation for each that is taken; a name that is free now may be taken a moment later. */
    public Mono<List<Violation>> among(@Nullable String username, @Nullable String email) {
        return Flux.concat(
                        Mono.justOrEmpty(username)
                                .filter(Registration::isUsername)
                                .flatMap(name -> accounts.findByUsername(Account.key(name)))
                                .map(taken -> username()),
                        Mono.justOrEmpty(email)
                                .filter(Registration::isEmail)
                                .flatMap(address -> accounts.findByEmail(Account.key(address.strip())))
                                .map(taken -> email()))
                .collectList();
    }

    /** The violation that a conflict with another account means; empty where it is about something else. */
    public static Optional<Violation> of(Throwable conflict) {
        if (!(conflict instanceof FailureException e)) {
            return Optional.empty();
        }
        if (e.failure().equals(Accounts.USERNAME_TAKEN)) {
            return Optional.of(username());
        }
        return e.failure().equals(Accounts.EMAIL_TAKEN) ? Optional.of(email()) : Optional.empty();
    }

    private static Violation username() {
        return Violation.of("username", "A user with this username already exists.");
    }

    private static Violation email() {
        return Violation.of("email", "A user with this email already exists.");
    }
}
