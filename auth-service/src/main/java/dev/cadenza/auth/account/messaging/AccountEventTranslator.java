package dev.cadenza.auth.account.messaging;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.AccountEvent;
import dev.cadenza.contracts.auth.v1.UserSnapshot;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;

/** Says to others what happened to an account. */
public final class AccountEventTranslator {

    /** Where it is said. */
    public static final String TOPIC = "auth.user.v1";

    private AccountEventTranslator() {}

    /** The account after the change, as others may know it. */
    public static EventMessage translate(Versioned<Account> account, AccountEvent event) {
        String type =
                switch (event) {
                    case AccountEvent.Registered registered -> "auth.user.registered";
                    case AccountEvent.Verified verified -> "auth.user.verified";
                };
        Account state = account.state();
        return new EventMessage(
                type,
                1,
                new UserSnapshot(
                        account.id(),
                        account.requireNumber(),
                        state.handle(),
                        state.verified(),
                        state.roles(),
                        state.createdAt()));
    }
}
