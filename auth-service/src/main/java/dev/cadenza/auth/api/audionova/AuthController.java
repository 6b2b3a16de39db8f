package dev.cadenza.auth.api.audionova;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Password;
import dev.cadenza.auth.account.RegisterAccount;
import dev.cadenza.auth.account.Registration;
import dev.cadenza.auth.account.ShowAccount;
import dev.cadenza.auth.account.TakenNames;
import dev.cadenza.auth.account.VerifyEmail;
import dev.cadenza.auth.login.LogIn;
import dev.cadenza.auth.login.LogOut;
import dev.cadenza.auth.login.RefreshLogin;
import dev.cadenza.auth.login.Tokens;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.ClientOrigin;
import dev.cadenza.platform.web.security.TokenlessRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Registering, logging in and out. */
@RestController("audionovaAuthController")
class AuthController {

    /** The Keycloak client whose token lifetimes are this dialect's. */
    private static final String CLIENT = "audionova";

    private static final String INACTIVE = "User account is inactive. Please verify your email.";

    private final RegisterAccount register;
    private final TakenNames taken;
    private final VerifyEmail verifyEmail;
    private final LogIn logIn;
    private final RefreshLogin refresh;
    private final LogOut logOut;
    private final ShowAccount show;
    private final Bodies bodies;
    private final RefreshCookie cookie;

    AuthController(
            RegisterAccount register,
            TakenNames taken,
            VerifyEmail verifyEmail,
            LogIn logIn,
            RefreshLogin refresh,
            LogOut logOut,
            ShowAccount show,
            Bodies bodies,
            RefreshCookie cookie) {
        this.register = register;
        this.taken = taken;
        this.verifyEmail = verifyEmail;
        this.logIn = logIn;
        this.refresh = refresh;
        this.logOut = logOut;
        this.show = show;
        this.bodies = bodies;
        this.cookie = cookie;
    }

    @Bean
    static TokenlessRoutes audionovaTokenlessRoutes() {
        return TokenlessRoutes.of(
                "/api/auth/register",
                "/api/auth/register/",
                "/api/auth/verify-email/{token}",
                "/api/auth/verify-email/{token}/",
                "/api/auth/login",
                "/api/auth/login/",
                "/api/auth/token/refresh",
                "/api/auth/token/refresh/",
                "/api/auth/logout",
                "/api/auth/logout/");
    }

    @PostMapping({"/api/auth/register", "/api/auth/register/"})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<AuthJson.Message> register(ServerWebExchange exchange) {
        return bodies.of(exchange)
                .flatMap(this::register)
                .thenReturn(new AuthJson.Message("User created. Check email for verification link."));
    }

    private Mono<Versioned<Account>> register(Map<String, @Nullable Object> body) {
        List<Violation> violations = new ArrayList<>();
        String username = Bodies.text(body, "username", violations);
        String email = Bodies.text(body, "email", violations);
        String password = Bodies.text(body, "password", violations);
        Bodies.refuse(violations);
        return Mono.fromSupplier(() -> Registration.of(username, email, password, List.of()))
                .flatMap(registration -> register.register(CLIENT, registration))
                .onErrorResume(
                        error -> error instanceof FailureException e && e.failure() instanceof Failure.Invalid,
                        // the document shows all that is wrong at once
                        error -> taken.among(username, email).flatMap(more -> Mono.error(joined(error, more))))
                .onErrorMap(error -> TakenNames.of(error)
                        .<Throwable>map(violation -> Failure.invalid(List.of(violation)))
                        .orElse(error));
    }

    private static Throwable joined(Throwable error, List<Violation> more) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Invalid invalid
                ? Failure.invalid(Stream.concat(more.stream(), invalid.violations().stream())
                        .toList())
                : error;
    }

    @GetMapping({"/api/auth/verify-email/{token}", "/api/auth/verify-email/{token}/"})
    Mono<ResponseEntity<Object>> verifyEmail(@PathVariable String token) {
        return verifyEmail
                .verify(token)
                .thenReturn(ResponseEntity.ok((Object) new AuthJson.Message("Email verified successfully.")))
                .onErrorResume(
                        error -> is(error, Account.INVALID_TOKEN) || is(error, Account.ALREADY_VERIFIED),
                        error -> Mono.just(ResponseEntity.badRequest().body(new AuthJson.Error(message(error)))));
    }

    @PostMapping({"/api/auth/login", "/api/auth/login/"})
    Mono<ResponseEntity<Object>> logIn(ServerWebExchange exchange, ClientOrigin origin) {
        return bodies.of(exchange)
                .map(AuthController::attempt)
                .flatMap(attempt -> logIn.logIn(attempt, origin))
                .map(outcome -> switch (outcome) {
                    case LogIn.Outcome.LoggedIn in -> loggedIn(exchange, in.account(), in.tokens());
                    case LogIn.Outcome.SecondFactorNeeded needed -> refused("A one-time code is required.");
                    case LogIn.Outcome.Unverified unverified -> refused(INACTIVE);
                })
                .onErrorResume(
                        error -> is(error, LogIn.WRONG) || isForbidden(error),
                        error -> Mono.just(refused(message(error))));
    }

    private static LogIn.Attempt attempt(Map<String, @Nullable Object> body) {
        List<Violation> violations = new ArrayList<>();
        // other systems of this kind call it so
        String field = body.containsKey("email") || !body.containsKey("username") ? "email" : "username";
        String login = Bodies.required(body, field, violations);
        String password = Bodies.required(body, "password", violations);
        String otp = Bodies.text(body, "otp", violations);
        Bodies.refuse(violations);
        return new LogIn.Attempt(CLIENT, login, new Password(password), otp, true);
    }

    @PostMapping({"/api/auth/token/refresh", "/api/auth/token/refresh/"})
    Mono<ResponseEntity<Object>> refresh(ServerWebExchange exchange, ClientOrigin origin) {
        String token = cookie.of(exchange);
        if (token == null) {
            return Mono.just(unauthenticated("Refresh token not found in cookies"));
        }
        return refresh.refresh(CLIENT, token, origin)
                .flatMap(tokens -> show.show(tokens.account()).map(account -> loggedIn(exchange, account, tokens)))
                // its account went while it was asked for
                .switchIfEmpty(Mono.error(RefreshLogin.NOT_RENEWED::asException))
                .onErrorResume(error -> is(error, RefreshLogin.NOT_RENEWED), error -> {
                    cookie.clear(exchange);
                    return Mono.just(unauthenticated("Invalid or expired refresh token"));
                });
    }

    @PostMapping({"/api/auth/logout", "/api/auth/logout/"})
    Mono<AuthJson.Message> logOut(ServerWebExchange exchange) {
        String token = cookie.of(exchange);
        return (token == null ? Mono.<Void>empty() : logOut.logOut(CLIENT, token)).then(Mono.fromSupplier(() -> {
            cookie.clear(exchange);
            return new AuthJson.Message("Logged out successfully.");
        }));
    }

    private ResponseEntity<Object> loggedIn(ServerWebExchange exchange, Versioned<Account> account, Tokens tokens) {
        cookie.give(exchange, tokens);
        return ResponseEntity.ok(new AuthJson.Access(tokens.accessToken(), AuthJson.User.of(account)));
    }

    private static ResponseEntity<Object> refused(String message) {
        return ResponseEntity.badRequest().body(AuthJson.NonFieldErrors.of(message));
    }

    private static ResponseEntity<Object> unauthenticated(String message) {
        return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body(new AuthJson.Error(message));
    }

    private static boolean is(Throwable error, Failure failure) {
        return error instanceof FailureException e && e.failure().equals(failure);
    }

    private static boolean isForbidden(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Forbidden;
    }

    private static String message(Throwable error) {
        return error instanceof FailureException e ? e.failure().message() : "";
    }
}
