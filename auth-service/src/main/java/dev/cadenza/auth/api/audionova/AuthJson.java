package dev.cadenza.auth.api.audionova;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Profile;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of the answers. */
final class AuthJson {

    private AuthJson() {}

    record Message(String message) {}

    record Error(String error) {}

    record NonFieldErrors(List<String> nonFieldErrors) {
        static NonFieldErrors of(String message) {
            return new NonFieldErrors(List.of(message));
        }
    }

    record User(long id, String username, String email) {
        static User of(Versioned<Account> account) {
            return new User(
                    account.requireNumber(),
                    account.state().handle(),
                    account.state().email());
        }
    }

    record Access(String access, User user) {
        @Override
        public String toString() {
            return "Access[" + user + "]";
        }
    }

    /** {@code avatar} is null where there is none; what its owner does not tell is an empty text. */
    record ProfileJson(
            long id,
            String username,
            String email,
            boolean isVerified,
            String firstName,
            String lastName,
            String displayName,
            String bio,
            String location,
            String website,
            @Nullable String avatar,
            Instant dateJoined) {

        static ProfileJson of(Versioned<Account> account, @Nullable String avatar) {
            Account state = account.state();
            Profile profile = state.profile();
            return new ProfileJson(
                    account.requireNumber(),
                    state.handle(),
                    state.email(),
                    state.verified(),
                    told(profile.firstName()),
                    told(profile.lastName()),
                    told(profile.displayName()),
                    told(profile.bio()),
                    told(profile.location()),
                    told(profile.website()),
                    avatar,
                    state.createdAt());
        }

        private static String told(@Nullable String value) {
            return value == null ? "" : value;
        }
    }
}
