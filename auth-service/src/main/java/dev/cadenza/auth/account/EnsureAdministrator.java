package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Failure;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes the administrator's account where the platform has no administrator: it may have been renamed or replaced. */
@Component
public class EnsureAdministrator {

    private static final Logger LOG = LoggerFactory.getLogger(EnsureAdministrator.class);

    private final AdministratorSettings settings;
    private final Accounts accounts;
    private final RegisterAccount register;

    EnsureAdministrator(AdministratorSettings settings, Accounts accounts, RegisterAccount register) {
        this.settings = settings;
        this.accounts = accounts;
        this.register = register;
    }

    /** Completes when there is one; fails where that could not be done yet. */
    public Mono<Void> ensure() {
        return accounts.administrators()
                .hasElements()
                .filter(there -> !there)
                .flatMap(missing -> Mono.justOrEmpty(settings.registration()))
                .flatMap(this::ensure);
    }

    private Mono<Void> ensure(Registration registration) {
        return accounts.findByUsername(Account.key(registration.username()))
                .flatMap(account -> {
                    if (account.state().status() != Account.Status.REGISTERED) {
                        return Mono.<Boolean>error(Failure.unavailable("admin.registering", "Not finished yet.", 5));
                    }
                    if (!account.state().roles().contains(Account.ADMIN)) {
                        LOG.error(
                                "the account {} exists without the role admin; choose another cadenza.admin.username",
                                registration.username());
                    }
                    return Mono.just(true);
                })
                .switchIfEmpty(Mono.defer(() -> register.register(
                                Verification.NATIVE,
                                registration,
                                Profile.EMPTY,
                                List.of(Account.USER, Account.ADMIN),
                                true)
                        .doOnNext(made -> LOG.info("made the administrator's account {}", registration.username()))
                        .thenReturn(true)))
                .then();
    }
}
