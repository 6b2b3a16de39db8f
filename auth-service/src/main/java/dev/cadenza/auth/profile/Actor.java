package dev.cadenza.auth.profile;

import dev.cadenza.platform.core.Failure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to see or change what belongs to an account.
 *
 * @param admin whether they may do so with anybody's
 */
public record Actor(UUID id, boolean admin) {

    /** Said to everybody else who wants to change a profile, which they may see. */
    public static final Failure FORBIDDEN =
            new Failure.Forbidden("user.forbidden", "You do not have permission to change this user.");

    /** Whether this account is theirs to use. */
    public boolean mayUse(UUID account) {
        return admin || id.equals(account);
    }

    /** For the audit log: who it was; null for the owner. */
    public @Nullable UUID unlessOwner(UUID account) {
        return id.equals(account) ? null : id;
    }
}
