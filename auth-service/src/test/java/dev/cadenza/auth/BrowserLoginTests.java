package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.auth.account.LockAccount;
import dev.cadenza.auth.session.ResolveBrowserSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;

/** The pages of a browser's login. */
class BrowserLoginTests extends AuthServiceIT {

    private static final Pattern FIELD = Pattern.compile("name=\"csrfmiddlewaretoken\" value=\"([^\"]+)\"");

    @Autowired
    private ResolveBrowserSession resolve;

    @Autowired
    private LockAccount lock;

    @ParameterizedTest
    @ValueSource(strings = {"/login/", "/login"})
    void logsInAndOut(String path) {
        String name = name();
        register(name, address(name));
        Browser browser = new Browser();
        EntityExchangeResult<String> form = browser.get(path);
        assertThat(form.getStatus().value()).isEqualTo(200);
        assertThat(form.getResponseHeaders().getContentType())
                .isEqualTo(MediaType.parseMediaType("text/html;charset=UTF-8"));
        assertThat(form.getResponseHeaders().getFirst("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(form.getResponseBody()).doesNotContain("://").doesNotContain("<script");
        String before = browser.csrf();
        assertThat(field(form)).isEqualTo(before);
        ResponseCookie csrf = Objects.requireNonNull(form.getResponseCookies().getFirst("csrftoken"));
        assertThat(csrf.isHttpOnly()).isFalse();
        assertThat(csrf.getSameSite()).isEqualTo("Lax");
        assertThat(csrf.getPath()).isEqualTo("/");

        EntityExchangeResult<String> in = browser.logIn(path, address(name), PASSWORD, field(form));
        assertThat(in.getStatus().value()).isEqualTo(302);
        assertThat(in.getResponseHeaders().getFirst("Location")).isEqualTo("/");
        ResponseCookie session = Objects.requireNonNull(in.getResponseCookies().getFirst("sessionid"));
        assertThat(session.isHttpOnly()).isTrue();
        assertThat(session.getSameSite()).isEqualTo("Lax");
        assertThat(session.getPath()).isEqualTo("/");
        assertThat(session.isSecure()).isFalse();
        assertThat(session.getMaxAge()).isBetween(Duration.ofDays(14).minusMinutes(5), Duration.ofDays(14));
        assertThat(session.getValue()).hasSize(43);
        assertThat(browser.csrf()).isNotEqualTo(before);

        EntityExchangeResult<String> home = browser.get("/");
        assertThat(home.getResponseBody())
                .contains(name)
                .contains("/swagger/index.html")
                .contains("/redoc")
                .contains("action=\"/logout/\"");
        assertThat(field(home)).isEqualTo(browser.csrf());

        // the token from before the login, or of nobody, ends nothing
        assertThat(browser.post(path.replace("login", "logout"), form("csrfmiddlewaretoken", before))
                        .getStatus()
                        .value())
                .isEqualTo(403);
        assertThat(browser.post("/logout/", form("x", "y")).getStatus().value()).isEqualTo(403);
        String cookie = browser.session();
        assertThat(resolve.resolve(cookie).block()).isNotNull();
        EntityExchangeResult<String> out =
                browser.post(path.replace("login", "logout"), form("csrfmiddlewaretoken", browser.csrf()));
        assertThat(out.getStatus().value()).isEqualTo(302);
        assertThat(out.getResponseHeaders().getFirst("Location")).isEqualTo("/login/");
        assertThat(browser.cookies).isEmpty();
        assertThat(resolve.resolve(cookie).block()).isNull();
        assertThat(browser.get("/").getResponseBody()).contains("not logged in").contains("href=\"/login/\"");
        // there is nothing to end any more
        assertThat(browser.post("/logout/", form("x", "y")).getStatus().value()).isEqualTo(302);
    }

    @Test
    void aWrongPasswordShowsTheFormAgain() {
        String name = name();
        register(name, address(name));
        Browser browser = new Browser();
        String token = field(browser.get("/login/"));
        String evil = "\"><b>" + name;
        EntityExchangeResult<String> again = browser.logIn("/login/", evil, PASSWORD, token);
        assertThat(again.getStatus().value()).isEqualTo(200);
        assertThat(again.getResponseBody())
                .contains("Please enter a correct username and password.")
                .contains("&quot;&gt;&lt;b&gt;" + name)
                .doesNotContain(PASSWORD)
                .doesNotContain("<b>");
        assertThat(browser.session()).isEmpty();
        EntityExchangeResult<String> wrong = browser.logIn("/login/", name, "guess", token);
        assertThat(wrong.getStatus().value()).isEqualTo(200);
        assertThat(Objects.requireNonNull(wrong.getResponseBody()).replace(name, ""))
                .isEqualTo(Objects.requireNonNull(
                                browser.logIn("/login/", name(), "guess", token).getResponseBody())
                        .replaceFirst("name=\"username\" value=\"[^\"]*\"", "name=\"username\" value=\"\""));
        for (String[] half : new String[][] {{"", PASSWORD}, {name, ""}}) {
            assertThat(browser.logIn("/login/", half[0], half[1], token)
                            .getStatus()
                            .value())
                    .isEqualTo(200);
        }
        assertThat(browser.logIn("/login/", name, PASSWORD, token).getStatus().value())
                .isEqualTo(302);
    }

    @Test
    void aFormOfSomebodyElseIsRefused() {
        String name = name();
        register(name, address(name));
        Browser browser = new Browser();
        // without the cookie, without the field, with another's
        assertThat(browser.logIn("/login/", name, PASSWORD, "x").getStatus().value())
                .isEqualTo(403);
        String token = field(browser.get("/login/"));
        MultiValueMap<String, String> form = form("username", name);
        form.add("password", PASSWORD);
        EntityExchangeResult<String> refused = browser.post("/login/", form);
        assertThat(refused.getStatus().value()).isEqualTo(403);
        assertThat(refused.getResponseHeaders().getContentType())
                .isEqualTo(MediaType.parseMediaType("text/html;charset=UTF-8"));
        String others = field(new Browser().get("/login/"));
        assertThat(browser.logIn("/login/", name, PASSWORD, others).getStatus().value())
                .isEqualTo(403);
        assertThat(browser.session()).isEmpty();
        // an empty token is none
        browser.cookies.put("csrftoken", "");
        assertThat(browser.logIn("/login/", name, PASSWORD, "").getStatus().value())
                .isEqualTo(403);
        browser.cookies.put("csrftoken", token);
        assertThat(browser.logIn("/login/", name, PASSWORD, token).getStatus().value())
                .isEqualTo(302);
        // logged in, only the session's own token counts, whatever the cookie says
        browser.cookies.put("csrftoken", token);
        assertThat(browser.logIn("/login/", name, PASSWORD, token).getStatus().value())
                .isEqualTo(403);
    }

    @Test
    void aSessionThatTheBrowserBringsIsNeverTakenOver() {
        String name = name();
        register(name, address(name));
        Browser fixed = new Browser();
        fixed.cookies.put("sessionid", "A".repeat(43));
        String token = field(fixed.get("/login/"));
        assertThat(fixed.logIn("/login/", name, PASSWORD, token).getStatus().value())
                .isEqualTo(302);
        String first = fixed.session();
        assertThat(first).isNotEqualTo("A".repeat(43));
        // logging in again ends the old one
        assertThat(fixed.logIn("/login/", name, PASSWORD, fixed.csrf())
                        .getStatus()
                        .value())
                .isEqualTo(302);
        assertThat(fixed.session()).isNotEqualTo(first);
        assertThat(resolve.resolve(first).block()).isNull();
        assertThat(resolve.resolve(fixed.session()).block()).isNotNull();
    }

    @Test
    void oddFormsAreNoAccident() {
        Browser browser = new Browser();
        String token = field(browser.get("/login/"));
        MultiValueMap<String, String> form = form("csrfmiddlewaretoken", token);
        form.add("username", "a\0b");
        form.add("password", PASSWORD);
        assertThat(browser.post("/login/", form).getStatus().value()).isEqualTo(400);
        for (String body : new String[] {"%zz=%", "csrfmiddlewaretoken=%zz", "=&=", ""}) {
            client.post()
                    .uri("/login/")
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).isIn(400, 403));
        }
        client.post()
                .uri("/login/")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isForbidden();
        client.get().uri("/logout/").exchange().expectStatus().isEqualTo(405);
    }

    @Test
    void tooManyWrongOnesHaveToWait() {
        String name = name();
        register(name, address(name));
        Browser browser = new Browser(stranger());
        String token = field(browser.get("/login/"));
        for (int i = 0; i < 5; i++) {
            browser.logIn("/login/", name, "guess", token);
        }
        EntityExchangeResult<String> refused = browser.logIn("/login/", name, PASSWORD, token);
        assertThat(refused.getStatus().value()).isEqualTo(429);
        assertThat(refused.getResponseHeaders().getFirst("Retry-After")).isNotNull();
        assertThat(refused.getResponseBody()).contains("Too many failed logins").contains("<form");
    }

    @Test
    void aLockedAccountIsToldSoWithTheRightPasswordOnly() {
        String name = name();
        UUID id = id(register(name, address(name)));
        Browser in = new Browser();
        in.logIn("/login/", name, PASSWORD, field(in.get("/login/")));
        assertThat(in.get("/").getResponseBody()).contains(name);
        lock.lock(UUID.randomUUID(), id).block();
        assertThat(in.get("/").getResponseBody()).contains("not logged in");
        Browser browser = new Browser();
        String token = field(browser.get("/login/"));
        assertThat(browser.logIn("/login/", name, "guess", token).getResponseBody())
                .contains("Please enter a correct username and password.");
        assertThat(browser.logIn("/login/", name, PASSWORD, token).getResponseBody())
                .contains("This account is locked.");
        assertThat(browser.session()).isEmpty();
        logIn(name, PASSWORD)
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("ACCOUNT_LOCKED");
        logIn(name, "guess").expectStatus().isUnauthorized();
    }

    @Test
    void withoutKeycloakTheAnswerIsTheDialects() {
        String name = name();
        register(name, address(name));
        Browser browser = new Browser();
        String token = field(browser.get("/login/"));
        TestKeycloak.cut();
        try {
            EntityExchangeResult<String> answer = browser.logIn("/login/", name, PASSWORD, token);
            assertThat(answer.getStatus().value()).isEqualTo(503);
            assertThat(json.readTree(answer.getResponseBody()).get("detail").asString())
                    .isNotEmpty();
        } finally {
            mendKeycloak();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> browser.logIn("/login/", name, PASSWORD, token)
                                .getStatus()
                                .value()
                        == 302);
    }

    // ---- means ---------------------------------------------------------------------------------------------------

    private static String field(EntityExchangeResult<String> page) {
        Matcher matcher = FIELD.matcher(String.valueOf(page.getResponseBody()));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static MultiValueMap<String, String> form(String name, String value) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add(name, value);
        return form;
    }

    /** Keeps cookies, follows nothing. */
    private final class Browser {

        private final WebTestClient web;
        private final Map<String, String> cookies = new HashMap<>();

        Browser() {
            this(client);
        }

        Browser(WebTestClient web) {
            this.web = web;
        }

        String csrf() {
            return cookies.getOrDefault("csrftoken", "");
        }

        String session() {
            return cookies.getOrDefault("sessionid", "");
        }

        EntityExchangeResult<String> get(String path) {
            return kept(web.get().uri(path).cookies(this::show).exchange());
        }

        EntityExchangeResult<String> post(String path, MultiValueMap<String, String> form) {
            return kept(web.post()
                    .uri(path)
                    .cookies(this::show)
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .body(BodyInserters.fromFormData(form))
                    .exchange());
        }

        EntityExchangeResult<String> logIn(String path, String login, String password, String token) {
            MultiValueMap<String, String> form = form("csrfmiddlewaretoken", token);
            form.add("username", login);
            form.add("password", password);
            return post(path, form);
        }

        private void show(MultiValueMap<String, String> sent) {
            cookies.forEach(sent::add);
        }

        private EntityExchangeResult<String> kept(WebTestClient.ResponseSpec answer) {
            EntityExchangeResult<String> result =
                    answer.expectBody(String.class).returnResult();
            result.getResponseCookies().forEach((name, values) -> {
                ResponseCookie cookie = values.getFirst();
                if (cookie.getMaxAge().isZero()) {
                    cookies.remove(name);
                } else {
                    cookies.put(name, cookie.getValue());
                }
            });
            return result;
        }
    }
}
