package dev.cadenza.auth.api.processing;

import dev.cadenza.auth.api.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The pages. */
final class Pages {

    private Pages() {}

    /**
     * The form for logging in.
     *
     * @param login what was typed the last time
     * @param message why that did not work; null the first time
     * @param withCode whether a code of the second factor is asked for
     */
    static ResponseEntity<String> login(
            HttpStatus status, String csrfToken, String login, @Nullable String message, boolean withCode) {
        return page(status, "Log in", """
                <h1>Log in</h1>
                %s<form method="post" action="/login/">
                <input type="hidden" name="csrfmiddlewaretoken" value="%s">
                <label for="username">Username or e-mail address</label>
                <input id="username" name="username" value="%s" autocomplete="username" autocapitalize="none" required>
                <label for="password">Password</label>
                <input id="password" name="password" type="password" autocomplete="current-password" required>
                %s<button type="submit">Log in</button>
                </form>
                """.formatted(
                        message == null ? "" : "<p role=\"alert\">" + Page.escaped(message) + "</p>\n",
                        Page.escaped(csrfToken),
                        Page.escaped(login),
                        withCode ? """
                                <label for="otp">Code of your authenticator app</label>
                                <input id="otp" name="otp" inputmode="numeric" autocomplete="one-time-code" required>
                                """ : ""));
    }

    /** Who is logged in, and what there is. */
    static ResponseEntity<String> home(String csrfToken, String name) {
        return page(HttpStatus.OK, "Cadenza", """
                <h1>Cadenza</h1>
                <p>You are logged in as <strong>%s</strong>.</p>
                <form method="post" action="/logout/">
                <input type="hidden" name="csrfmiddlewaretoken" value="%s">
                <button type="submit">Log out</button>
                </form>
                """.formatted(Page.escaped(name), Page.escaped(csrfToken)) + LINKS);
    }

    /** For somebody who is not logged in. */
    static ResponseEntity<String> welcome() {
        return page(HttpStatus.OK, "Cadenza", """
                <h1>Cadenza</h1>
                <p>You are not logged in.</p>
                <p><a href="/login/">Log in</a></p>
                """ + LINKS);
    }

    /** A form that does not come from one of our pages. */
    static ResponseEntity<String> forgery() {
        return page(HttpStatus.FORBIDDEN, "Forbidden", """
                <h1>Forbidden</h1>
                <p role="alert">CSRF verification failed. The request was not carried out.</p>
                <p><a href="/login/">Log in</a></p>
                """);
    }

    private static final String LINKS = """
            <nav aria-label="Documentation">
            <ul>
            <li><a href="/swagger/index.html">API explorer</a></li>
            <li><a href="/redoc">API reference</a></li>
            </ul>
            </nav>
            """;

    private static ResponseEntity<String> page(HttpStatus status, String title, String body) {
        return Page.of(status, title, body, headers -> headers.setVary(List.of("Cookie")));
    }
}
