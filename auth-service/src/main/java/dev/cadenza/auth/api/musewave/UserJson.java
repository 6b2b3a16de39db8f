package dev.cadenza.auth.api.musewave;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Profile;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of users.
 *
 * @param email null to everyone but the owner and administrators
 */
record UserJson(
        UUID id,
        String username,
        @Nullable String email,
        @Nullable String displayName,
        @Nullable String bio,
        @Nullable String avatarUrl,
        @Nullable String headerUrl,
        @Nullable String location,
        @Nullable String website,
        Links socialLinks,
        boolean verified,
        Instant createdAt,
        Instant updatedAt) {

    record Links(
            @Nullable String twitter,
            @Nullable String instagram,
            @Nullable String spotify,
            @Nullable String soundcloud) {}

    static UserJson of(Versioned<Account> account, @Nullable String avatar, boolean withEmail) {
        Account state = account.state();
        Profile profile = state.profile();
        Profile.SocialLinks links = profile.socialLinks();
        return new UserJson(
                account.id(),
                state.handle(),
                withEmail ? state.email() : null,
                profile.displayName(),
                profile.bio(),
                avatar,
                profile.headerUrl(),
                profile.location(),
                profile.website(),
                new Links(links.twitter(), links.instagram(), links.spotify(), links.soundcloud()),
                state.verified(),
                state.createdAt(),
                state.updatedAt());
    }

    /** How the description shows an update; what is read is a map, since null is not the same as nothing. */
    record UserUpdate(
            @Nullable String username,
            @Nullable String displayName,
            @Nullable String bio,
            @Nullable String avatarUrl,
            @Nullable String headerUrl,
            @Nullable String location,
            @Nullable String website,
            @Nullable Links socialLinks) {}

    /** How it shows a creation. */
    record UserCreation(
            String username,
            String email,
            String password,
            @Nullable String displayName,
            @Nullable String bio,
            @Nullable String avatarUrl,
            @Nullable String headerUrl,
            @Nullable String location,
            @Nullable String website,
            @Nullable Links socialLinks) {}
}
