package dev.cadenza.auth.account.messaging;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.AccountEvent;
import dev.cadenza.contracts.auth.v1.Revocation;
import dev.cadenza.contracts.auth.v1.SecurityEvent;
import dev.cadenza.contracts.auth.v1.UserSnapshot;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;

/** Says to others what happened to an account. */
public final class AccountEventTranslator {

    /** Where it is said. */
    public static final String TOPIC = "auth.user.v1";

    private AccountEventTranslator() {}

    /** The account after the change, as others may know it; security facts and revocations have topics of their own. */
    public static EventMessage translate(Versioned<Account> account, AccountEvent event) {
        return switch (event) {
            case AccountEvent.Registered registered -> snapshot("auth.user.registered", account);
            case AccountEvent.Verified verified -> snapshot("auth.user.verified", account);
            case AccountEvent.Updated updated -> snapshot("auth.user.updated", account);
            case AccountEvent.Deleted deleted -> snapshot("auth.user.deleted", account);
            case AccountEvent.Audited audited ->
                new EventMessage(
                        "auth.security.recorded",
                        1,
                        new SecurityEvent(
                                account.id(), audited.actor(), audited.action(), audited.target(), audited.details()),
                        "auth.security.v1");
            case AccountEvent.Revoked revoked ->
                new EventMessage(
                        "auth.revocation.added",
                        1,
                        new Revocation("user", account.id().toString(), revoked.issuedBefore(), revoked.until()),
                        "auth.revocation.v1");
        };
    }

    private static EventMessage snapshot(String type, Versioned<Account> account) {
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
                        state.createdAt(),
                        state.profile().displayName(),
                        state.profile().avatarUrl()));
    }
}
