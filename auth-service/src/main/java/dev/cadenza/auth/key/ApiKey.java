package dev.cadenza.auth.key;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key of one account.
 *
 * @param id {@code key_} and 16 hex digits
 * @param scopes what it lets into, as asked for; what it really may is bounded by its owner's roles
 * @param prefix beginning of the secret
 * @param hash of the secret, which itself is stored nowhere
 * @param replaced the secret before the last rotation, while it still holds
 * @param expiresAt null for never
 */
public record ApiKey(
        String id,
        String name,
        List<String> scopes,
        int requestsPerMinute,
        String prefix,
        String hash,
        @Nullable Replaced replaced,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Use lastUse) {

    /** A secret that holds until its successor is everywhere. */
    public record Replaced(String hash, Instant until) {}

    /**
     * When a key was used.
     *
     * @param ip from where
     */
    public record Use(Instant at, String ip) {}

    /** Whether a key can be used. */
    public enum Status {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    public ApiKey {
        scopes = List.copyOf(scopes);
    }

    /** Whether it can be used now. */
    public Status status(Instant now) {
        if (revokedAt != null) {
            return Status.REVOKED;
        }
        return expiresAt != null && !expiresAt.isAfter(now) ? Status.EXPIRED : Status.ACTIVE;
    }

    /** Whether a secret with this hash opens it now. */
    boolean isOpenedBy(String secretHash, Instant now) {
        return status(now) == Status.ACTIVE
                && (hash.equals(secretHash)
                        || replaced != null
                                && replaced.hash().equals(secretHash)
                                && replaced.until().isAfter(now));
    }

    /** When it stopped to work; null while it works. */
    @Nullable
    Instant endedAt(Instant now) {
        return switch (status(now)) {
            case ACTIVE -> null;
            case EXPIRED -> expiresAt;
            case REVOKED -> revokedAt;
        };
    }

    ApiKey revoked(Instant now) {
        return new ApiKey(id, name, scopes, requestsPerMinute, prefix, hash, null, createdAt, expiresAt, now, lastUse);
    }

    ApiKey rotated(KeySecret secret, @Nullable Replaced old) {
        return new ApiKey(
                id,
                name,
                scopes,
                requestsPerMinute,
                secret.prefix(),
                secret.hash(),
                old,
                createdAt,
                expiresAt,
                revokedAt,
                lastUse);
    }

    ApiKey used(Use use) {
        return new ApiKey(
                id, name, scopes, requestsPerMinute, prefix, hash, replaced, createdAt, expiresAt, revokedAt, use);
    }
}
