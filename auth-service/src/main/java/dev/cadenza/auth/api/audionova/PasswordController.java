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
import org.springframework.http.MediaType;
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

    /** Its form posts to the address of the page, which carries the token: to be told to nobody else. */
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>New password</title></head>
            <body>
            <main>
            <h1>Choose a new password</h1>
            <form method="post">
            <p><label>New password<br>
            <input type="password" name="new_password" autocomplete="new-password" minlength="8" required></label></p>
            <p><label>The same again<br>
            <input type="password" name="confirm_password" autocomplete="new-password" minlength="8" required></label></p>
            <p><button>Set the password</button></p>
            </form>
            </main>
            </body>
            </html>
            """;

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
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_HTML)
                .header("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .body(PAGE);
    }

    @PostMapping({"/api/auth/reset-password/{token}", "/api/auth/reset-password/{token}/"})
    Mono<ResponseEntity<Object>> reset(@PathVariable String token, ServerWebExchange exchange) {
        return bodies.of(exchange)
                .flatMap(body -> {
                    List<Violation> violations = new ArrayList<>();
                    String chosen = Bodies.text(body, "new_password", violations);
                    String confirmation = Bodies.text(body, "confirm_password", violations);
                    Bodies.refuse(violations);
                    return reset.reset(token, chosen, confirmation);
                })
                .thenReturn(ResponseEntity.ok((Object) new AuthJson.Message(
                        "Password reset successfully. You can now log in with your new password.")))
                .onErrorResume(
                        error -> error instanceof FailureException e
                                && e.failure().equals(ResetPassword.INVALID_TOKEN),
                        error -> Mono.just(ResponseEntity.badRequest()
                                .body(new AuthJson.Error(ResetPassword.INVALID_TOKEN.message()))));
    }
}
