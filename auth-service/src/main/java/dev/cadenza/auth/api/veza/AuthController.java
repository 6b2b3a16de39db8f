package dev.cadenza.auth.api.veza;

import dev.cadenza.auth.account.ChangePassword;
import dev.cadenza.auth.account.CheckUsername;
import dev.cadenza.auth.account.Password;
import dev.cadenza.auth.account.RegisterAccount;
import dev.cadenza.auth.account.Registration;
import dev.cadenza.auth.account.RequestVerificationMail;
import dev.cadenza.auth.account.ShowAccount;
import dev.cadenza.auth.account.VerifyEmail;
import dev.cadenza.auth.login.LogIn;
import dev.cadenza.auth.login.LogOut;
import dev.cadenza.auth.login.RefreshLogin;
import dev.cadenza.auth.role.Role;
import dev.cadenza.auth.session.LeaveSession;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.identity.ClientOrigin;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.dialect.Problems;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.TokenlessRoutes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController("vezaAuthController")
@RequestMapping("/api/v1/auth")
class AuthController {

    /** The Keycloak client whose token lifetimes are the document's. */
    static final String CLIENT = "veza";

    private final RegisterAccount register;
    private final LogIn logIn;
    private final RefreshLogin refresh;
    private final LogOut logOut;
    private final LeaveSession leave;
    private final ChangePassword changePassword;
    private final ShowAccount show;
    private final CheckUsername checkUsername;
    private final VerifyEmail verifyEmail;
    private final RequestVerificationMail requestMail;

    AuthController(
            RegisterAccount register,
            LogIn logIn,
            RefreshLogin refresh,
            LogOut logOut,
            LeaveSession leave,
            ChangePassword changePassword,
            ShowAccount show,
            CheckUsername checkUsername,
            VerifyEmail verifyEmail,
            RequestVerificationMail requestMail) {
        this.register = register;
        this.logIn = logIn;
        this.refresh = refresh;
        this.logOut = logOut;
        this.leave = leave;
        this.changePassword = changePassword;
        this.show = show;
        this.checkUsername = checkUsername;
        this.verifyEmail = verifyEmail;
        this.requestMail = requestMail;
    }

    @Bean
    static TokenlessRoutes vezaTokenlessRoutes() {
        return TokenlessRoutes.of(
                "/api/v1/auth/register",
                "/api/v1/auth/login",
                "/api/v1/auth/refresh",
                "/api/v1/auth/check-username",
                "/api/v1/auth/verify-email",
                "/api/v1/auth/resend-verification");
    }

    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<VezaEnvelope<AuthJson.Registered>> register(@RequestBody AuthJson.Register body, ClientOrigin origin) {
        return Mono.fromSupplier(() -> registration(body))
                .flatMap(registration -> register.register(
                        CLIENT,
                        registration,
                        logIn.logIn(
                                new LogIn.Attempt(
                                        CLIENT, registration.username(), registration.password(), null, false),
                                origin)))
                // what is as new as this has no second factor
                .ofType(LogIn.Outcome.LoggedIn.class)
                .map(AuthJson.Registered::of)
                .map(VezaEnvelope::data);
    }

    private static Registration registration(AuthJson.Register body) {
        List<Violation> confirmation = new ArrayList<>();
        String confirm = body.passwordConfirm();
        if (confirm == null || confirm.isEmpty()) {
            confirmation.add(Registration.required("password_confirm"));
        } else if (!confirm.equals(body.password())) {
            confirmation.add(Violation.of("password_confirm", "The passwords do not match."));
        }
        return Registration.of(body.username(), body.email(), body.password(), confirmation);
    }

    @PostMapping("/login")
    Mono<VezaEnvelope<AuthJson.LoggedIn>> logIn(@RequestBody AuthJson.Credentials body, ClientOrigin origin) {
        return Mono.defer(() -> {
                    List<Violation> missing = new ArrayList<>();
                    String email = present("email", body.email(), missing);
                    String password = present("password", body.password(), missing);
                    if (!missing.isEmpty()) {
                        throw Failure.invalid(missing);
                    }
                    return logIn.logIn(
                            new LogIn.Attempt(
                                    CLIENT,
                                    email,
                                    new Password(password),
                                    body.otp(),
                                    false,
                                    Boolean.TRUE.equals(body.rememberMe())),
                            origin);
                })
                .map(AuthJson.LoggedIn::of)
                .map(VezaEnvelope::data);
    }

    @PostMapping("/refresh")
    Mono<VezaEnvelope<AuthJson.Token>> refresh(@RequestBody AuthJson.Refresh body, ClientOrigin origin) {
        return Mono.defer(() -> refresh.refresh(CLIENT, refreshToken(body), origin))
                .map(AuthJson.Token::of)
                .map(VezaEnvelope::data);
    }

    @PostMapping("/logout")
    Mono<VezaEnvelope<VezaEnvelope.Message>> logOut(Caller caller, @RequestBody AuthJson.Refresh body) {
        return Mono.defer(() -> logOut.logOut(CLIENT, refreshToken(body)))
                .then(leave.leave(caller.requireAccountUse().id(), caller.session()))
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Logged out successfully")));
    }

    /** Not in the document. All sessions end, so whoever asks has to log in with the new one. */
    @PostMapping("/change-password")
    Mono<VezaEnvelope<VezaEnvelope.Message>> changePassword(
            Caller caller, @RequestBody AuthJson.PasswordChange body, ClientOrigin origin) {
        return Mono.defer(() -> changePassword.change(
                        CLIENT, caller.requireAccountUse().id(), body.currentPassword(), body.newPassword(), origin))
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Password changed successfully")));
    }

    @GetMapping("/me")
    Mono<VezaEnvelope<AuthJson.Me>> me(Caller caller) {
        return show.show(caller.id())
                .map(account -> VezaEnvelope.data(new AuthJson.Me(
                        account.id(),
                        account.state().handle(),
                        account.state().email(),
                        Role.strongest(caller.roles()).word())))
                // a token may outlive its account
                .switchIfEmpty(Mono.error(Problems.UNAUTHENTICATED::asException));
    }

    @GetMapping("/check-username")
    Mono<VezaEnvelope<AuthJson.Availability>> checkUsername(@RequestParam String username) {
        return checkUsername
                .isAvailable(username)
                .map(available -> VezaEnvelope.data(new AuthJson.Availability(username, available)));
    }

    /** GET besides the documented POST: it is what a person's click on the link in the mail sends. */
    @RequestMapping(
            path = "/verify-email",
            method = {RequestMethod.POST, RequestMethod.GET})
    Mono<VezaEnvelope<VezaEnvelope.Message>> verifyEmail(@RequestParam String token) {
        return verifyEmail
                .verify(token)
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Email verified successfully")));
    }

    @PostMapping("/resend-verification")
    Mono<VezaEnvelope<VezaEnvelope.Message>> resendVerification(@RequestBody AuthJson.Address body) {
        return Mono.defer(() -> {
                    List<Violation> violations = new ArrayList<>();
                    String email = present("email", body.email(), violations);
                    if (violations.isEmpty() && !Registration.isEmail(email)) {
                        violations.add(Violation.of("email", "Enter a valid email address."));
                    }
                    if (!violations.isEmpty()) {
                        throw Failure.invalid(violations);
                    }
                    return requestMail.request(CLIENT, email.strip());
                })
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Verification email sent")));
    }

    private static String refreshToken(AuthJson.Refresh body) {
        List<Violation> missing = new ArrayList<>();
        String token = present("refresh_token", body.refreshToken(), missing);
        if (!missing.isEmpty()) {
            throw Failure.invalid(missing);
        }
        return token;
    }

    static String present(String field, @Nullable String value, List<Violation> missing) {
        if (value == null || value.isBlank()) {
            missing.add(Registration.required(field));
            return "";
        }
        return value;
    }
}
