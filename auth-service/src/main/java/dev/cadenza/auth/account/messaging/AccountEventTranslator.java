package dev.cadenza.auth.account.messaging;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.AccountEvent;
import dev.cadenza.auth.account.Profile;
import dev.cadenza.contracts.auth.v1.Revocation;
import dev.cadenza.contracts.auth.v1.SecurityEvent;
import dev.cadenza.contracts.auth.v1.UserSnapshot;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;
import org.jspecify.annotations.Nullable;

/** Says to others what happened to an account. */
public final class AccountEventTranslator {

    /** Where it is said. */
    public static final String TOPIC = "auth.user.v1";

    private AccountEventTranslator() {}

    /** The account after the change, as others may know it; security facts and revocations have topics of their own. */
    public static EventMessage translate(Versioned<Account> account, AccountEvent event) {
        return switch (event) {
            case AccountEvent.Registered registered ->
                snapshot("auth.user.registered", account, profile(account.state()));
            case AccountEvent.Verified verified -> snapshot("auth.user.verified", account, profile(account.state()));
            case AccountEvent.Updated updated -> snapshot("auth.user.updated", account, profile(account.state()));
            // the last word about an account stays on its topic for ever
            case AccountEvent.Deleted deleted -> snapshot("auth.user.deleted", account, null);
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

    private static UserSnapshot.Profile profile(Account account) {
        Profile profile = account.profile();
        Profile.SocialLinks links = profile.socialLinks();
        return new UserSnapshot.Profile(
                profile.bio(),
                profile.headerUrl(),
                profile.location(),
                profile.website(),
                links.twitter(),
                links.instagram(),
                links.spotify(),
                links.soundcloud(),
                account.updatedAt());
    }

    private static EventMessage snapshot(
            String type, Versioned<Account> account, UserSnapshot.@Nullable Profile profile) {
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
                        profile == null ? null : state.profile().displayName(),
                        profile == null ? null : state.profile().avatarUrl(),
                        profile));
    }
}
