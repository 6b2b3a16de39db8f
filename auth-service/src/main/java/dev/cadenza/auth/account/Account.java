package dev.cadenza.auth.account;

import dev.cadenza.auth.account.AccountEvent.Audited;
import dev.cadenza.auth.account.AccountEvent.Registered;
import dev.cadenza.auth.account.AccountEvent.Updated;
import dev.cadenza.auth.account.AccountEvent.Verified;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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
 * @param verification how far the proof is; null once verified
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
        @Nullable Verification verification) {

    /** Role of every account. */
    public static final String USER = "user";

    /** Whether the account exists for others. */
    public enum Status {
        /** Name and address are taken, the credentials may not exist yet. Nobody outside has heard of it. */
        REGISTERING,
        /** As before, but the registration has ended without knowing whether the credentials exist. */
        ABANDONED,
        /** Complete. */
        REGISTERED,
        /** Its owner or an administrator wants it gone; nobody logs in any more, what belongs to it is being removed. */
        DELETING
    }

    public Account {
        roles = List.copyOf(roles);
        // accounts that were stored before these existed
        profile = profile == null ? Profile.EMPTY : profile;
        updatedAt = updatedAt == null ? createdAt : updatedAt;
    }

    /** Takes name and address; the account exists for others once {@link #registered} follows. */
    public static Change<Account, AccountEvent> begin(
            String handle, String email, List<String> roles, boolean verified, Instant now) {
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
                verified ? null : Verification.NONE));
    }

    /** A name or address as it is compared. */
    public static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The credentials exist: the account is announced and, unless verified, its owner gets a mail. */
    public Change<Account, AccountEvent> registered(Instant now) {
        if (status == Status.REGISTERED || status == Status.DELETING) {
            return Change.of(this);
        }
        Verification requested = verification == null ? null : verification.requested(now);
        return Change.of(
                with(Status.REGISTERED, verified, requested), new Registered(), Audited.byOwner("account.registered"));
    }

    /** Whoever was registering the account has given up. */
    public Change<Account, AccountEvent> abandoned() {
        return Change.of(status == Status.REGISTERING ? with(Status.ABANDONED, verified, verification) : this);
    }

    /** Whether the registration is incomplete and nobody is at it any more. */
    public boolean isLeftBehind(Instant lastStartOfLiveOnes) {
        return switch (status) {
            case REGISTERING -> createdAt.isBefore(lastStartOfLiveOnes);
            case ABANDONED -> true;
            case REGISTERED, DELETING -> false;
        };
    }

    /** Another verification mail is wanted; does nothing where none is due or enough were sent lately. */
    public Change<Account, AccountEvent> mailRequested(Instant now, Verification.Limits limits) {
        if (status != Status.REGISTERED || verification == null || !verification.mayBeMailed(now, limits)) {
            return Change.of(this);
        }
        return Change.of(with(status, verified, verification.requested(now)));
    }

    /**
     * A mail with this token is about to be sent. If that comes to nothing, for whatever reason, the mail is due again
     * after a pause that grows.
     */
    public Change<Account, AccountEvent> mailClaimed(String tokenHash, Instant now, Verification.Limits limits) {
        Verification current = Objects.requireNonNull(verification, "nothing to verify");
        return Change.of(with(status, verified, current.claimed(tokenHash, now, limits)));
    }

    /** The mail has left. */
    public Change<Account, AccountEvent> mailed(Instant now) {
        return Change.of(verification == null ? this : with(status, verified, verification.mailed(now)));
    }

    /** The owner shows a token; works once. */
    public Change<Account, AccountEvent> verified(String tokenHash, Instant now) {
        if (verification == null || !verification.accepts(tokenHash, now)) {
            throw INVALID_TOKEN.asException();
        }
        return Change.of(with(status, true, null), new Verified(), Audited.byOwner("email.verified"));
    }

    /** Whether the account exists for others and its owner may use it. */
    public boolean isUsable() {
        return status == Status.REGISTERED && !locked;
    }

    /**
     * Another profile, and with it perhaps another name, which Keycloak has to follow.
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
        Map<String, String> details = name.equals(handle) ? Map.of() : Map.of("username", name, "before", handle);
        return Change.of(
                new Account(
                        name,
                        key(name),
                        email,
                        status,
                        verified,
                        locked,
                        roles,
                        newProfile,
                        createdAt,
                        now,
                        verification),
                new Updated(),
                new Audited("profile.updated", actor, null, details));
    }

    /** Said about any token that does not hold. */
    public static final Failure INVALID_TOKEN =
            new Failure.Unreadable("verification.invalid_token", "The verification token is invalid or has expired.");

    private Account with(Status newStatus, boolean nowVerified, @Nullable Verification newVerification) {
        return new Account(
                handle,
                username,
                email,
                newStatus,
                nowVerified,
                locked,
                roles,
                profile,
                createdAt,
                updatedAt,
                newVerification);
    }
}
