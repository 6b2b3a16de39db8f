package dev.cadenza.auth.api.veza;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Profile;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.VezaPages.Pagination;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bodies about users. */
final class UserJson {

    private UserJson() {}

    /** What a profile tells; more of it to its owner. */
    sealed interface Shown {}

    /** To everybody. */
    record Open(
            UUID id,
            String username,
            @Nullable String displayName,
            @Nullable String bio,
            @Nullable String avatar,
            @Nullable String headerUrl,
            @Nullable String location,
            @Nullable String website,
            Links socialLinks,
            boolean verified,
            Instant createdAt)
            implements Shown {

        static Open of(Versioned<Account> account, @Nullable String avatar) {
            Account state = account.state();
            Profile profile = state.profile();
            return new Open(
                    account.id(),
                    state.handle(),
                    profile.displayName(),
                    profile.bio(),
                    avatar,
                    profile.headerUrl(),
                    profile.location(),
                    profile.website(),
                    Links.of(profile),
                    state.verified(),
                    state.createdAt());
        }
    }

    /** To its owner and to administrators. */
    record Own(
            UUID id,
            String username,
            String email,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String displayName,
            @Nullable String bio,
            @Nullable String gender,
            @Nullable String avatar,
            @Nullable String headerUrl,
            @Nullable String location,
            @Nullable String website,
            Links socialLinks,
            boolean verified,
            Instant createdAt,
            Instant updatedAt)
            implements Shown {

        static Own of(Versioned<Account> account, @Nullable String avatar) {
            Account state = account.state();
            Profile profile = state.profile();
            return new Own(
                    account.id(),
                    state.handle(),
                    state.email(),
                    profile.firstName(),
                    profile.lastName(),
                    profile.displayName(),
                    profile.bio(),
                    profile.gender(),
                    avatar,
                    profile.headerUrl(),
                    profile.location(),
                    profile.website(),
                    Links.of(profile),
                    state.verified(),
                    state.createdAt(),
                    state.updatedAt());
        }
    }

    record Links(
            @Nullable String twitter,
            @Nullable String instagram,
            @Nullable String spotify,
            @Nullable String soundcloud) {

        static Links of(Profile profile) {
            Profile.SocialLinks links = profile.socialLinks();
            return new Links(links.twitter(), links.instagram(), links.spotify(), links.soundcloud());
        }
    }

    record One(@Schema(oneOf = {Own.class, Open.class}) Shown profile) {}

    /** How the description shows an update; what is read is a map, since null is not the same as nothing. */
    record ProfileUpdate(
            @Nullable String username,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String displayName,
            @Nullable String bio,
            @Nullable String gender,
            @Nullable String avatar,
            @Nullable String headerUrl,
            @Nullable String location,
            @Nullable String website,
            @Nullable Links socialLinks) {}

    /** How the description shows the form with a picture. */
    record AvatarForm(
            @Schema(type = "string", format = "binary") String avatar) {}

    record Completion(int completionPercentage, List<String> missingFields) {}

    record Many(List<Administered> users, Pagination pagination) {}

    /** An account as administrators see it. */
    record Administered(
            UUID id,
            long number,
            String username,
            String email,
            @Nullable String displayName,
            @Nullable String avatar,
            List<String> roles,
            boolean locked,
            boolean verified,
            Instant createdAt,
            Instant updatedAt) {

        static Administered of(Versioned<Account> account, @Nullable String avatar) {
            Account state = account.state();
            return new Administered(
                    account.id(),
                    account.requireNumber(),
                    state.handle(),
                    state.email(),
                    state.profile().displayName(),
                    avatar,
                    state.roles(),
                    state.locked(),
                    state.verified(),
                    state.createdAt(),
                    state.updatedAt());
        }
    }

    record OneAdministered(Administered user) {}

    record Roles(@Nullable List<@Nullable String> roles) {}
}
