package dev.cadenza.auth.api.processing;

import dev.cadenza.auth.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** The pages: no script, nothing from another host, one style sheet that the policy knows by its hash. */
final class Pages {

    private static final String STYLE = """
            :root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
            body{max-width:24rem;margin:3rem auto;padding:0 1rem}
            label{display:block;margin-top:1rem;font-weight:600}
            input{box-sizing:border-box;width:100%;padding:.5rem;font:inherit}
            button{margin-top:1.5rem;padding:.5rem 1.25rem;font:inherit;font-weight:600}
            [role=alert]{padding:.75rem 1rem;border-inline-start:.25rem solid #c00}
            """;

    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + Base64.getEncoder().encodeToString(Sha256.bytes(STYLE))
                    + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

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
                        message == null ? "" : "<p role=\"alert\">" + escaped(message) + "</p>\n",
                        escaped(csrfToken),
                        escaped(login),
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
                """.formatted(escaped(name), escaped(csrfToken)) + LINKS);
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
        return ResponseEntity.status(status)
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .varyBy("Cookie")
                .header("Content-Security-Policy", POLICY)
                .body("""
                        <!doctype html>
                        <html lang="en">
                        <head>
                        <meta charset="utf-8">
                        <meta name="viewport" content="width=device-width, initial-scale=1">
                        <title>%s</title>
                        <style>%s</style>
                        </head>
                        <body>
                        <main>
                        %s</main>
                        </body>
                        </html>
                        """.formatted(escaped(title), STYLE, body));
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
