package dev.cadenza.auth.account;

import dev.cadenza.auth.account.AccountEvent.Audited;
import dev.cadenza.auth.account.AccountEvent.Registered;
import dev.cadenza.auth.account.AccountEvent.Revoked;
import dev.cadenza.auth.account.AccountEvent.Updated;
import dev.cadenza.auth.account.AccountEvent.Verified;
import dev.cadenza.auth.mail.MailOrder;
import dev.cadenza.auth.role.Role;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An account. Its credentials and token sessions live in Keycloak, under the same id.
 *
 * @param handle the username as its owner wrote it
 * @param username the same in lower case; unique
 * @param email in lower case; unique
 * @param verified whether the owner has proved that the address is theirs
 * @param locked whether an administrator has shut the owner out
 * @param roles realm roles; Keycloak follows them
 * @param updatedAt when names, profile, roles or lock changed last
 * @param verification of the address; null where none was ever needed
 * @param reset of a forgotten password; null where none was ever asked for
 * @param mails to the owner that nobody has taken over yet
 * @param duties what is left to do elsewhere
 */
public record Account(
        String handle,
        String username,
        String email,
        Status status,
        boolean verified,
        boolean locked,
        List<String> roles,
        Profile profile,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Verification verification,
        @Nullable PasswordReset reset,
        List<MailOrder> mails,
        Duties duties) {

    /** Role of every account. */
    public static final String USER = Role.USER.word();

    /** Role of those who administer the platform. */
    public static final String ADMIN = Role.ADMIN.word();

    /** All roles, in the order in which they are shown. */
    public static final List<String> ROLES = Role.words();

    /** Said where there is no such account. */
    public static final Failure NOT_FOUND = new Failure.NotFound("user.not_found", "User not found.");

    /** Said to an owner who has proved to be the owner of an account that is locked. */
    public static final Failure LOCKED = new Failure.Forbidden("account.locked", "This account is locked.");

    /** Said about any token that does not hold. */
    public static final Failure INVALID_TOKEN =
            new Failure.Unreadable("verification.invalid_token", "The verification token is invalid or has expired.");

    /** Said about a token that has done what it is for. */
    public static final Failure ALREADY_VERIFIED =
            new Failure.Unreadable("verification.already_verified", "This email address is verified already.");

    private static final List<AccountEvent> VERIFIED = List.of(new Verified(), Audited.byOwner("email.verified"));

    /** How long setting a password takes at most; after that nobody is at it any more. */
    private static final Duration CLAIM = Duration.ofSeconds(10);

    /** How long whoever made a change does by itself what the change leaves to do. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    /** Whether the account exists for others. */
    public enum Status {
        /** Name and address are taken, the credentials may not exist yet. Nobody outside has heard of it. */
        REGISTERING,
        /** The registration has ended without success: what there is of it goes, and never becomes an account. */
        ABANDONED,
        /** Complete. */
        REGISTERED,
        /** Somebody wants it gone; nobody logs in any more, what belongs to it is being removed. */
        DELETING
    }

    /**
     * What a change of the account leaves to do elsewhere; whoever made the change tries at once, a background round does
     * what a crash or an outage has prevented.
     *
     * @param identityAt since when Keycloak has to follow names or roles; null where it has
     * @param tokensToo whether tokens that were given out before Keycloak followed must go
     * @param sessionsAt when the background round has to end all sessions; null where there is nothing to do
     */
    public record Duties(
            @Nullable Instant identityAt,
            boolean tokensToo,
            @Nullable Instant sessionsAt) {

        static final Duties NONE = new Duties(null, false, null);

        private Duties identity(Instant at, boolean tokens) {
            return new Duties(at, tokensToo || tokens, sessionsAt);
        }

        private Duties sessions(@Nullable Instant at) {
            return new Duties(identityAt, tokensToo, at);
        }
    }

    public Account {
        roles = List.copyOf(roles);
        mails = List.copyOf(mails);
        // accounts that were stored before these existed
        profile = profile == null ? Profile.EMPTY : profile;
        updatedAt = updatedAt == null ? createdAt : updatedAt;
        duties = duties == null ? Duties.NONE : duties;
    }

    /**
     * Takes name and address; the account exists for others once {@link #registered} follows.
     *
     * @param client dialect in which it is registered
     */
    public static Change<Account, AccountEvent> begin(
            String client, String handle, String email, List<String> roles, boolean verified, Instant now) {
        return Change.of(new Account(
                handle,
                key(handle),
                key(email),
                Status.REGISTERING,
                verified,
                false,
                roles,
                Profile.EMPTY,
                now,
                now,
                verified ? null : Verification.in(client),
                null,
                List.of(),
                Duties.NONE));
    }

    /** A name or address as it is compared. */
    public static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The same account with this profile, before anybody has heard of it. */
    Account telling(Profile told) {
        return with(next -> {
            next.profile = told;
        });
    }

    // ---- coming to be --------------------------------------------------------------------------------------------

    /** The credentials exist: the account is announced and, unless verified, its owner gets a mail. */
    public Change<Account, AccountEvent> registered(TokenMail mail, Instant now) {
        if (status != Status.REGISTERING) {
            return Change.of(this);
        }
        Account announced = in(Status.REGISTERED);
        return Change.of(
                verified ? announced : announced.verifying(mail, now),
                new Registered(),
                Audited.byOwner("account.registered"));
    }

    /** Whoever was registering the account has given up, or died: the same may be registered again. */
    public Change<Account, AccountEvent> abandoned() {
        return status == Status.REGISTERING ? Change.of(in(Status.ABANDONED)) : Change.of(this);
    }

    /** Whether the registration is incomplete and nobody is at it any more. */
    public boolean isLeftBehind(Instant lastStartOfLiveOnes) {
        return switch (status) {
            case REGISTERING -> createdAt.isBefore(lastStartOfLiveOnes);
            case ABANDONED -> true;
            case REGISTERED, DELETING -> false;
        };
    }

    // ---- proving the address -------------------------------------------------------------------------------------

    /** Another verification mail is wanted; does nothing where none is due. May be repeated. */
    Change<Account, AccountEvent> mailRequested(TokenMail mail, Instant now) {
        boolean due = status == Status.REGISTERED && !verified;
        return Change.of(due ? verifying(mail, now) : this);
    }

    /** The owner shows a token; works once. */
    public Change<Account, AccountEvent> verified(String tokenHash, Instant now) {
        if (verification == null || !verification.accepts(tokenHash, now)) {
            throw INVALID_TOKEN.asException();
        }
        if (verified) {
            throw ALREADY_VERIFIED.asException();
        }
        return new Change<>(with(next -> next.verified = true), VERIFIED);
    }

    /** The mails are on their way. */
    Change<Account, AccountEvent> mailsTaken(List<MailOrder> taken) {
        return Change.of(with(next -> next.mails =
                mails.stream().filter(order -> !taken.contains(order)).toList()));
    }

    private Account verifying(TokenMail mail, Instant now) {
        Verification known = verification == null ? Verification.in(mail.order().client()) : verification;
        return known.knows(mail.tokenHash())
                ? this
                : with(next -> {
                    next.verification = known.with(new Verification.Token(mail.tokenHash(), mail.expiresAt()), now);
                    next.mails = and(mail.order());
                });
    }

    private List<MailOrder> and(MailOrder order) {
        return Stream.concat(mails.stream(), Stream.of(order)).toList();
    }

    // ---- the password --------------------------------------------------------------------------------------------

    /**
     * The owner has forgotten it and gets a mail, whose token replaces that of an earlier one. Nothing happens to an
     * account that cannot be used. May be repeated.
     */
    Change<Account, AccountEvent> resetRequested(TokenMail mail) {
        if (!isUsable() || reset != null && reset.tokenHash().equals(mail.tokenHash())) {
            return Change.of(this);
        }
        return Change.of(
                with(next -> {
                    next.reset = new PasswordReset(mail.tokenHash(), mail.expiresAt(), false);
                    next.mails = and(mail.order());
                }),
                Audited.byOwner("password.reset_requested"));
    }

    /** The owner shows the token; nobody else may while the password is being set. */
    Change<Account, AccountEvent> resetClaimed(String tokenHash, Instant now) {
        if (status != Status.REGISTERED || reset == null || !reset.accepts(tokenHash, now) || isClaimed(now)) {
            throw ResetPassword.INVALID_TOKEN.asException();
        }
        return claimed(now);
    }

    /** The owner has shown the old password; nobody else may change it while the new one is being set. */
    Change<Account, AccountEvent> passwordClaimed(Instant now) {
        if (isClaimed(now)) {
            throw Failure.conflict("password.busy", "The password is being changed at this moment.");
        }
        return claimed(now);
    }

    /** The password is set and every session has ended; the address is proved, since the token came by mail. */
    Change<Account, AccountEvent> passwordReset(String tokenHash, MailOrder mail, Revoked tokens) {
        List<AccountEvent> events = new ArrayList<>(List.of(tokens, Audited.byOwner("password.reset")));
        if (!verified) {
            events.addAll(VERIFIED);
        }
        return new Change<>(
                with(next -> {
                    next.verified = true;
                    next.reset = reset != null && reset.tokenHash().equals(tokenHash)
                            ? new PasswordReset(tokenHash, reset.expiresAt(), true)
                            : reset;
                    next.mails = and(mail);
                    next.duties = duties.sessions(null);
                }),
                events);
    }

    /** The password is set and every session has ended. */
    Change<Account, AccountEvent> passwordChanged(MailOrder mail, Revoked tokens) {
        return Change.of(
                with(next -> {
                    next.mails = and(mail);
                    next.duties = duties.sessions(null);
                }),
                tokens,
                Audited.byOwner("password.changed"));
    }

    /** Nobody knows whether the password was set: another may be set at once, and every session ends. */
    Change<Account, AccountEvent> passwordUnsure(Instant now) {
        return Change.of(isClaimed(now) ? with(next -> next.duties = duties.sessions(now)) : this);
    }

    /** An administrator takes the second factor away. */
    Change<Account, AccountEvent> secondFactorLost(MailOrder mail, Revoked tokens, Instant now) {
        return Change.of(
                with(next -> {
                    next.mails = and(mail);
                    next.duties = duties.sessions(now.plus(AT_ONCE));
                }),
                tokens);
    }

    private boolean isClaimed(Instant now) {
        Instant until = duties.sessionsAt();
        return until != null && until.isAfter(now);
    }

    private Change<Account, AccountEvent> claimed(Instant now) {
        return Change.of(with(next -> next.duties = duties.sessions(now.plus(CLAIM))));
    }

    // ---- living --------------------------------------------------------------------------------------------------

    /** Whether the account exists for others and its owner may use it. */
    public boolean isUsable() {
        return status == Status.REGISTERED && !locked;
    }

    /** Whether its owner administers the platform, and can. */
    public boolean isAdministrator() {
        return isUsable() && roles.contains(ADMIN);
    }

    /**
     * Another profile, and with it perhaps another name, which Keycloak has to follow: {@link SyncIdentities}.
     *
     * @param newHandle null to keep the name
     * @param actor who changes it, where it is not the owner
     */
    public Change<Account, AccountEvent> profileChanged(
            @Nullable String newHandle, Profile newProfile, @Nullable UUID actor, Instant now) {
        String name = newHandle == null ? handle : newHandle;
        if (name.equals(handle) && newProfile.equals(profile)) {
            return Change.of(this);
        }
        boolean renamed = !name.equals(handle);
        return Change.of(
                with(next -> {
                    next.handle = name;
                    next.profile = newProfile;
                    next.updatedAt = now;
                    next.duties = renamed ? duties.identity(now, false) : duties;
                }),
                new Updated(),
                new Audited(
                        "profile.updated",
                        actor,
                        null,
                        renamed ? Map.of("username", name, "before", handle) : Map.of()));
    }

    /** Other roles, besides the one that every account has. They count once Keycloak has followed. */
    public Change<Account, AccountEvent> rolesChanged(Collection<String> wanted, UUID actor, Instant now) {
        List<String> newRoles = ROLES.stream()
                .filter(role -> role.equals(USER) || wanted.contains(role))
                .toList();
        if (newRoles.equals(roles)) {
            return Change.of(this);
        }
        return Change.of(
                with(next -> {
                    next.roles = newRoles;
                    next.updatedAt = now;
                    next.duties = duties.identity(now, true);
                }),
                new Updated(),
                new Audited(
                        "role.changed",
                        actor,
                        null,
                        Map.of("roles", String.join(" ", newRoles), "before", String.join(" ", roles))));
    }

    /** Shuts the owner out, or in again. */
    public Change<Account, AccountEvent> lockChanged(boolean nowLocked, UUID actor, Revoked tokens, Instant now) {
        if (nowLocked == locked) {
            return Change.of(this);
        }
        List<AccountEvent> events = new ArrayList<>();
        events.add(new Updated());
        events.add(new Audited(nowLocked ? "account.locked" : "account.unlocked", actor, null, Map.of()));
        if (nowLocked) {
            events.add(tokens);
        }
        return new Change<>(
                with(next -> {
                    next.locked = nowLocked;
                    next.updatedAt = now;
                    next.duties = nowLocked ? duties.sessions(now.plus(AT_ONCE)) : duties;
                }),
                events);
    }

    /** Keycloak knows names and roles of {@code followed}, which may be older than this. */
    public Change<Account, AccountEvent> identityFollowed(Account followed, Revoked tokens) {
        if (duties.identityAt() == null || !handle.equals(followed.handle) || !roles.equals(followed.roles)) {
            return Change.of(this);
        }
        Account done = with(next -> {
            next.duties = new Duties(null, false, duties.sessionsAt());
        });
        return duties.tokensToo() ? Change.of(done, tokens) : Change.of(done);
    }

    /**
     * All sessions have ended.
     *
     * @param tokens to revoke too; null where that has happened
     */
    Change<Account, AccountEvent> sessionsEnded(@Nullable Revoked tokens) {
        if (duties.sessionsAt() == null) {
            return Change.of(this);
        }
        return new Change<>(
                with(next -> next.duties = duties.sessions(null)), tokens == null ? List.of() : List.of(tokens));
    }

    // ---- going ---------------------------------------------------------------------------------------------------

    /**
     * Somebody wants the account gone.
     *
     * @param actor who, where it is not the owner
     * @param mail that tells the owner
     */
    public Change<Account, AccountEvent> deleting(@Nullable UUID actor, MailOrder mail, Revoked tokens) {
        if (status != Status.REGISTERED) {
            throw NOT_FOUND.asException();
        }
        return Change.of(
                with(next -> {
                    next.status = Status.DELETING;
                    next.mails = and(mail);
                }),
                new Audited("account.deleted", actor, null, Map.of("username", handle)),
                tokens);
    }

    // ---- means ---------------------------------------------------------------------------------------------------

    private Account in(Status newStatus) {
        return with(next -> next.status = newStatus);
    }

    private Account with(Consumer<Next> edit) {
        Next next = new Next(this);
        edit.accept(next);
        return new Account(
                next.handle,
                key(next.handle),
                email,
                next.status,
                next.verified,
                next.locked,
                next.roles,
                next.profile,
                createdAt,
                next.updatedAt,
                next.verification,
                next.reset,
                next.mails,
                next.duties);
    }

    /** The account after a transition, while it is being made. */
    private static final class Next {

        private String handle;
        private Status status;
        private boolean verified;
        private boolean locked;
        private List<String> roles;
        private Profile profile;
        private Instant updatedAt;
        private @Nullable Verification verification;
        private @Nullable PasswordReset reset;
        private List<MailOrder> mails;
        private Duties duties;

        private Next(Account before) {
            this.handle = before.handle;
            this.status = before.status;
            this.verified = before.verified;
            this.locked = before.locked;
            this.roles = before.roles;
            this.profile = before.profile;
            this.updatedAt = before.updatedAt;
            this.verification = before.verification;
            this.reset = before.reset;
            this.mails = before.mails;
            this.duties = before.duties;
        }
    }
}
