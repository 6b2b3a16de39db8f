package dev.cadenza.auth.api;

import dev.cadenza.auth.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** The frame of our pages: no script, nothing from another host, one style sheet that the policy knows by its hash. */
public final class Page {

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

    private Page() {}

    /**
     * A page that nobody keeps.
     *
     * @param title plain text
     * @param body markup
     * @param more headers
     */
    public static ResponseEntity<String> of(
            HttpStatusCode status, String title, String body, Consumer<HttpHeaders> more) {
        return ResponseEntity.status(status)
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                .headers(more)
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

    /** Text as markup. */
    public static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
