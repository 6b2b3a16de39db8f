package dev.cadenza.auth.api.audionova;

import dev.cadenza.auth.account.Registration;
import dev.cadenza.auth.account.RequestPasswordReset;
import dev.cadenza.auth.account.ResetPassword;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.web.security.TokenlessRoutes;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Another password for somebody who has forgotten it. */
@RestController("audionovaPasswordController")
class PasswordController {

    private static final String CLIENT = "audionova";

    private final RequestPasswordReset request;
    private final ResetPassword reset;
    private final Bodies bodies;

    PasswordController(RequestPasswordReset request, ResetPassword reset, Bodies bodies) {
        this.request = request;
        this.reset = reset;
        this.bodies = bodies;
    }

    @Bean
    static TokenlessRoutes audionovaPasswordRoutes() {
        return TokenlessRoutes.of(
                "/api/auth/forgot-password",
                "/api/auth/forgot-password/",
                "/api/auth/reset-password/{token}",
                "/api/auth/reset-password/{token}/");
    }

    @PostMapping({"/api/auth/forgot-password", "/api/auth/forgot-password/"})
    Mono<AuthJson.Message> forgot(ServerWebExchange exchange) {
        return bodies.of(exchange)
                .flatMap(body -> {
                    List<Violation> violations = new ArrayList<>();
                    String email = Bodies.required(body, "email", violations);
                    if (violations.isEmpty() && !Registration.isEmail(email)) {
                        violations.add(Violation.of("email", "Enter a valid email address."));
                    }
                    Bodies.refuse(violations);
                    return request.request(CLIENT, email.strip());
                })
                .thenReturn(new AuthJson.Message("Password reset email sent. Check your email for the reset link."));
    }

    /** What the link in the mail opens in a browser. */
    @GetMapping({"/api/auth/reset-password/{token}", "/api/auth/reset-password/{token}/"})
    ResponseEntity<String> page(@PathVariable String token) {
        return PasswordPages.form();
    }

    /** JSON for programs; a page for whoever sends the form of {@link #page}. */
    @PostMapping({"/api/auth/reset-password/{token}", "/api/auth/reset-password/{token}/"})
    Mono<? extends ResponseEntity<?>> reset(@PathVariable String token, ServerWebExchange exchange) {
        Mono<Void> done = bodies.of(exchange).flatMap(body -> {
            List<Violation> violations = new ArrayList<>();
            String chosen = Bodies.text(body, "new_password", violations);
            String confirmation = Bodies.text(body, "confirm_password", violations);
            Bodies.refuse(violations);
            return reset.reset(token, chosen, confirmation);
        });
        return PasswordPages.areWanted(exchange.getRequest().getHeaders())
                ? done.then(Mono.fromSupplier(PasswordPages::done))
                        .onErrorResume(FailureException.class, PasswordPages::of)
                : done.thenReturn(ResponseEntity.ok((Object) new AuthJson.Message(
                                "Password reset successfully. You can now log in with your new password.")))
                        .onErrorResume(
                                error -> error instanceof FailureException e
                                        && e.failure().equals(ResetPassword.INVALID_TOKEN),
                                error -> Mono.just(ResponseEntity.badRequest()
                                        .body(new AuthJson.Error(ResetPassword.INVALID_TOKEN.message()))));
    }
}
