package dev.cadenza.auth.api.audionova;

import dev.cadenza.auth.account.ResetPassword;
import dev.cadenza.auth.api.Page;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;

/** What people see who follow the link of the mail. Its form posts to its own address, which carries the token. */
final class PasswordPages {

    private static final String TITLE = "Choose a new password";

    private PasswordPages() {}

    /** Whether a browser sends a form and its user wants to see what became of it. */
    static boolean areWanted(HttpHeaders headers) {
        return MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(headers.getContentType())
                && headers.getAccept().stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
    }

    /** The form. */
    static ResponseEntity<String> form() {
        return form(HttpStatus.OK, TITLE, "", List.of());
    }

    /** It worked. */
    static ResponseEntity<String> done() {
        return page(HttpStatus.OK, "Your password is set", """
                <h1>Your password is set</h1>
                <p role="status">Every login of your account has ended. You can now log in with your new password.</p>
                <p><a href="/login/">Log in</a></p>
                """);
    }

    /** It did not, and why; what the user can do nothing about stays a failure. */
    static Mono<ResponseEntity<String>> of(FailureException error) {
        return switch (error.failure()) {
            case Failure.Invalid invalid -> Mono.just(again(HttpStatus.BAD_REQUEST, "", invalid.violations()));
            case Failure.Unavailable away ->
                Mono.just(again(HttpStatus.SERVICE_UNAVAILABLE, alert(away.message()), List.of()));
            case Failure.Unreadable unreadable
            when unreadable.equals(ResetPassword.INVALID_TOKEN) ->
                Mono.just(page(
                        HttpStatus.BAD_REQUEST, "This link does not work", """
                        <h1>This link does not work</h1>
                        %s<p>Ask for another mail where you log in, and follow the link of the newest one within an hour.</p>
                        """.formatted(alert(unreadable.message()))));
            default -> Mono.error(error);
        };
    }

    private static ResponseEntity<String> again(HttpStatus status, String alert, List<Violation> violations) {
        return form(status, "Error: " + TITLE, alert, violations);
    }

    private static ResponseEntity<String> form(
            HttpStatus status, String title, String alert, List<Violation> violations) {
        return page(status, title, """
                <h1>%s</h1>
                %s<form method="post">
                %s%s<button type="submit">Set the password</button>
                </form>
                """.formatted(
                        TITLE,
                        alert,
                        field("new_password", "New password, at least 8 characters", violations),
                        field("confirm_password", "The same again", violations)));
    }

    private static String field(String name, String label, List<Violation> violations) {
        String wrong = violations.stream()
                .filter(violation -> violation.field().equals(name))
                .map(Violation::message)
                .collect(Collectors.joining(" "));
        return """
                <label for="%1$s">%2$s</label>
                <input id="%1$s" name="%1$s" type="password" autocomplete="new-password" minlength="8" required%3$s>
                %4$s""".formatted(
                        name,
                        label,
                        wrong.isEmpty() ? "" : " aria-invalid=\"true\" aria-describedby=\"%s_error\"".formatted(name),
                        wrong.isEmpty()
                                ? ""
                                : "<p id=\"%s_error\" role=\"alert\">%s</p>\n".formatted(name, Page.escaped(wrong)));
    }

    private static String alert(String message) {
        return "<p role=\"alert\">" + Page.escaped(message) + "</p>\n";
    }

    private static ResponseEntity<String> page(HttpStatus status, String title, String body) {
        return Page.of(status, title, body, headers -> {
            headers.setVary(List.of("Accept"));
            // the address carries the token
            headers.set("Referrer-Policy", "no-referrer");
        });
    }
}
