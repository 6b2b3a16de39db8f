package dev.cadenza.auth.api.veza;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.login.LogIn;
import dev.cadenza.auth.login.Tokens;
import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bodies of the authentication endpoints. Those that carry secrets do not show themselves in logs. */
final class AuthJson {

    private AuthJson() {}

    record Register(
            @Nullable String username,
            @Nullable String email,
            @Nullable String password,
            @Nullable String passwordConfirm) {
        @Override
        public String toString() {
            return "Register[" + username + "]";
        }
    }

    /**
     * A login.
     *
     * @param rememberMe whether refreshing prolongs the session; otherwise it ends 30 days after the login
     * @param otp code of the second factor, for accounts that have one
     */
    record Credentials(
            @Nullable String email,
            @Nullable String password,
            @Nullable Boolean rememberMe,
            @Nullable String otp) {
        @Override
        public String toString() {
            return "Credentials[…]";
        }
    }

    /** What adds a second factor. */
    record Enrolment(String secret, String otpauthUrl) {
        @Override
        public String toString() {
            return "Enrolment[…]";
        }
    }

    record Code(@Nullable String otp) {
        @Override
        public String toString() {
            return "Code[…]";
        }
    }

    record PasswordChange(
            @Nullable String currentPassword, @Nullable String newPassword) {
        @Override
        public String toString() {
            return "PasswordChange[…]";
        }
    }

    record PasswordOnly(@Nullable String password) {
        @Override
        public String toString() {
            return "PasswordOnly[…]";
        }
    }

    /** What removes it. */
    record PasswordAndCode(
            @Nullable String password, @Nullable String otp) {
        @Override
        public String toString() {
            return "PasswordAndCode[…]";
        }
    }

    record Refresh(@Nullable String refreshToken) {
        @Override
        public String toString() {
            return "Refresh[…]";
        }
    }

    record Address(@Nullable String email) {}

    record User(UUID id, String username, String email) {
        static User of(Versioned<Account> account) {
            return new User(
                    account.id(), account.state().handle(), account.state().email());
        }
    }

    record Token(String accessToken, String refreshToken, long expiresIn) {
        static Token of(Tokens tokens) {
            return new Token(tokens.accessToken(), tokens.refreshToken(), tokens.expiresInSeconds());
        }

        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    record Registered(User user, Token token) {
        static Registered of(LogIn.Outcome.LoggedIn login) {
            return new Registered(User.of(login.account()), Token.of(login.tokens()));
        }
    }

    record LoggedIn(
            User user,
            @Nullable Token token,
            @JsonProperty("requires_2fa") boolean requiresSecondFactor) {
        static LoggedIn of(LogIn.Outcome outcome) {
            return switch (outcome) {
                case LogIn.Outcome.LoggedIn in -> new LoggedIn(User.of(in.account()), Token.of(in.tokens()), false);
                case LogIn.Outcome.SecondFactorNeeded needed -> new LoggedIn(User.of(needed.account()), null, true);
                case LogIn.Outcome.Unverified unverified ->
                    throw new IllegalStateException("veza asks for no verified address");
            };
        }
    }

    record Me(UUID id, String username, String email, String role) {}

    record Availability(String username, boolean available) {}
}
