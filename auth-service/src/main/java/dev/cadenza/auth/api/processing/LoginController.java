package dev.cadenza.auth.api.processing;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Password;
import dev.cadenza.auth.account.ShowAccount;
import dev.cadenza.auth.login.LogIn;
import dev.cadenza.auth.login.LogInBrowser;
import dev.cadenza.auth.session.BrowserSession;
import dev.cadenza.auth.session.LeaveSession;
import dev.cadenza.auth.session.ResolveBrowserSession;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.ClientOrigin;
import dev.cadenza.platform.web.security.TokenlessRoutes;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Pages for people. They look at the browser's cookies themselves: the gateway hands these on and asks for nothing. */
@Hidden
@RestController
class LoginController {

    /** The Keycloak client, and the dialect that sessions are said to belong to. */
    private static final String CLIENT = "processing";

    private static final URI HOME = URI.create("/");
    private static final URI LOGIN = URI.create("/login/");
    private static final String WRONG =
            "Please enter a correct username and password. Note that both fields may be case-sensitive.";

    private final LogInBrowser logIn;
    private final ResolveBrowserSession resolve;
    private final LeaveSession leave;
    private final ShowAccount show;
    private final Cookies cookies;

    LoginController(
            LogInBrowser logIn, ResolveBrowserSession resolve, LeaveSession leave, ShowAccount show, Cookies cookies) {
        this.logIn = logIn;
        this.resolve = resolve;
        this.leave = leave;
        this.show = show;
        this.cookies = cookies;
    }

    @Bean
    static TokenlessRoutes processingTokenlessRoutes() {
        return TokenlessRoutes.of("/", "/login", "/login/", "/logout", "/logout/");
    }

    @GetMapping("/")
    Mono<ResponseEntity<String>> home(ServerWebExchange exchange) {
        return session(exchange)
                .flatMap(session -> show.show(session.account())
                        .filter(account -> account.state().isUsable())
                        .map(account -> home(exchange, session, account)))
                .switchIfEmpty(Mono.fromSupplier(Pages::welcome));
    }

    private ResponseEntity<String> home(
            ServerWebExchange exchange, BrowserSession session, Versioned<Account> account) {
        cookies.setCsrfToken(exchange, session.csrfToken());
        return Pages.home(session.csrfToken(), account.state().handle());
    }

    @GetMapping({"/login", "/login/"})
    Mono<ResponseEntity<String>> form(ServerWebExchange exchange) {
        return optionalSession(exchange).map(session -> again(exchange, session, HttpStatus.OK, "", null, false));
    }

    @PostMapping({"/login", "/login/"})
    Mono<ResponseEntity<String>> logIn(ServerWebExchange exchange, ClientOrigin origin) {
        return Mono.zip(Forms.of(exchange), optionalSession(exchange)).flatMap(both -> {
            MultiValueMap<String, String> form = both.getT1();
            Optional<BrowserSession> old = both.getT2();
            if (!Cookies.isOurs(exchange, Forms.csrfToken(exchange, form), old.orElse(null))) {
                return Mono.just(Pages.forgery());
            }
            String login = Forms.text(form, "username").strip();
            String password = Forms.text(form, "password");
            String otp = Forms.text(form, "otp");
            if (login.isEmpty() || password.isEmpty()) {
                return Mono.just(again(exchange, old, HttpStatus.OK, login, WRONG, false));
            }
            return logIn.logIn(new LogIn.Attempt(CLIENT, login, new Password(password), otp, false), origin)
                    .flatMap(outcome -> switch (outcome) {
                        case LogInBrowser.Outcome.LoggedIn in ->
                            leave(old).then(Mono.fromSupplier(() -> in(exchange, in.session())));
                        case LogInBrowser.Outcome.SecondFactorNeeded needed ->
                            Mono.just(again(
                                    exchange,
                                    old,
                                    HttpStatus.OK,
                                    login,
                                    otp.isBlank()
                                            ? "Enter your password once more, and the code of your authenticator app."
                                            : "The code is wrong. Enter your password once more, and a new code.",
                                    true));
                        case LogInBrowser.Outcome.Unverified unverified ->
                            throw new IllegalStateException("this dialect asks for no verified address");
                    })
                    .onErrorResume(FailureException.class, error -> refused(exchange, old, login, error));
        });
    }

    private ResponseEntity<String> in(ServerWebExchange exchange, BrowserSession session) {
        cookies.set(exchange, session);
        return ResponseEntity.status(HttpStatus.FOUND).location(HOME).build();
    }

    /** The form again, where somebody can do something about it; everything else in the form of the dialect. */
    private Mono<ResponseEntity<String>> refused(
            ServerWebExchange exchange, Optional<BrowserSession> old, String login, FailureException error) {
        return switch (error.failure()) {
            case Failure.Unauthenticated wrong -> Mono.just(again(exchange, old, HttpStatus.OK, login, WRONG, false));
            case Failure.Forbidden locked ->
                Mono.just(again(exchange, old, HttpStatus.OK, login, locked.message(), false));
            case Failure.TooMany wait -> {
                exchange.getResponse().getHeaders().set("Retry-After", Integer.toString(wait.retryAfterSeconds()));
                yield Mono.just(again(exchange, old, HttpStatus.TOO_MANY_REQUESTS, login, wait.message(), false));
            }
            default -> Mono.error(error);
        };
    }

    @PostMapping({"/logout", "/logout/"})
    Mono<ResponseEntity<String>> logOut(ServerWebExchange exchange) {
        return Mono.zip(Forms.of(exchange), optionalSession(exchange)).flatMap(both -> {
            Optional<BrowserSession> session = both.getT2();
            if (session.isPresent()
                    && !Cookies.isOurs(exchange, Forms.csrfToken(exchange, both.getT1()), session.get())) {
                return Mono.just(Pages.forgery());
            }
            return leave(session).then(Mono.fromSupplier(() -> {
                cookies.clear(exchange);
                return ResponseEntity.status(HttpStatus.FOUND).location(LOGIN).build();
            }));
        });
    }

    private ResponseEntity<String> again(
            ServerWebExchange exchange,
            Optional<BrowserSession> session,
            HttpStatus status,
            String login,
            @Nullable String message,
            boolean withCode) {
        String token = session.map(BrowserSession::csrfToken).orElseGet(() -> Cookies.csrfToken(exchange));
        cookies.setCsrfToken(exchange, token);
        return Pages.login(status, token, login, message, withCode);
    }

    private Mono<Void> leave(Optional<BrowserSession> session) {
        return session.map(old -> leave.leave(old.account(), old.sid())).orElse(Mono.empty());
    }

    private Mono<BrowserSession> session(ServerWebExchange exchange) {
        return resolve.resolve(Cookies.session(exchange));
    }

    private Mono<Optional<BrowserSession>> optionalSession(ServerWebExchange exchange) {
        return session(exchange).map(Optional::of).defaultIfEmpty(Optional.empty());
    }
}
