package dev.cadenza.contracts.auth.v1;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account after a change. Carries no e-mail address: other services have no use for it.
 *
 * @param number positive integer id
 * @param username as its owner wrote it
 * @param roles realm roles, such as {@code user} and {@code admin}
 * @param displayName null where the owner gave none
 * @param avatarUrl absolute address of a picture; null where there is none
 * @param profile the rest of what everybody may read about them; null in what was written before it was told, and of
 *     accounts that are gone
 */
public record UserSnapshot(
        UUID userId,
        long number,
        String username,
        boolean verified,
        List<String> roles,
        Instant createdAt,
        @Nullable String displayName,
        @Nullable String avatarUrl,
        @Nullable Profile profile) {

    /** Without a profile. */
    public UserSnapshot(
            UUID userId, long number, String username, boolean verified, List<String> roles, Instant createdAt) {
        this(userId, number, username, verified, roles, createdAt, null, null, null);
    }

    /**
     * What the owner tells everybody; null where they tell nothing.
     *
     * @param headerUrl address of a wide picture
     * @param updatedAt when account or profile last changed
     */
    public record Profile(
            @Nullable String bio,
            @Nullable String headerUrl,
            @Nullable String location,
            @Nullable String website,
            @Nullable String twitter,
            @Nullable String instagram,
            @Nullable String spotify,
            @Nullable String soundcloud,
            Instant updatedAt) {}
}
