package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.platform.core.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** What a forgotten password takes with it and what it leaves, also where something fails in between. */
class PasswordTests extends AuthServiceIT {

    private static final String NEW = "newsecurepassword123";

    @Autowired
    private Accounts accounts;

    @Test
    void aResetEndsEveryLoginKeepsKeysVerifiesTheAddressAndIsTold() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String access = access(registered.get("data"));
        String key = body(client.post()
                        .uri("/api/v1/api-keys")
                        .headers(headers -> headers.setBearerAuth(access))
                        .bodyValue(Map.of("name", "my program", "scopes", List.of("tracks:read")))
                        .exchange()
                        .expectStatus()
                        .isCreated())
                .get("data")
                .get("secret")
                .asString();

        forget(address(name));
        reset(Mails.resetFor(address(name), 1), NEW).isOk();

        awaitRefusal(access);
        post("refresh", Map.of("refresh_token", refresh(registered)))
                .expectStatus()
                .isUnauthorized();
        logIn(name, PASSWORD).expectStatus().isUnauthorized();
        // good at once, although made in the second in which others were revoked
        me(access(body(logIn(name, NEW).expectStatus().isOk()).get("data"))).isOk();
        client.post()
                .uri("/internal/exchange")
                .bodyValue(Map.of("api_key", key))
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(account(id).verified()).isTrue();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(Mails.subjectsFor(address(name))).contains("Your password was changed"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(actions(id))
                        .containsSubsequence("password.reset_requested", "password.reset", "email.verified"));
        assertThat(events("auth.security.v1", id).toString()).doesNotContain(NEW, PASSWORD);
    }

    @Test
    void aNewerMailReplacesAnOlderOneAndEnoughIsEnoughWithoutAWord() {
        String name = name();
        register(name, address(name));
        for (int i = 1; i <= 3; i++) {
            forget(address(name));
            Mails.resetFor(address(name), i);
        }
        forget(address(name).toUpperCase(Locale.ROOT));
        List<String> tokens = Mails.resetsFor(address(name));
        assertThat(tokens).hasSize(3).doesNotHaveDuplicates();
        reset(tokens.get(0), NEW).isBadRequest();
        reset(tokens.get(1), NEW).isBadRequest();
        reset(tokens.get(2), NEW).isOk();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(Mails.subjectsFor(address(name))).contains("Your password was changed"));
        // the fourth would have been sent before that
        assertThat(Mails.resetsFor(address(name))).hasSize(3);
    }

    @Test
    void whoFollowsTheLinkInABrowserSeesPages() {
        String name = name();
        register(name, address(name));
        forget(address(name));
        String token = Mails.resetFor(address(name), 1);
        String form =
                page(client.get().uri("/api/auth/reset-password/" + token + "/").exchange(), 200);
        assertThat(form).contains("<form method=\"post\">").doesNotContain("http", "aria-invalid", "role=\"alert\"");
        String wrong = page(submit(token, "short", "other"), 400);
        assertThat(wrong)
                .contains("<title>Error: Choose a new password</title>")
                .contains("id=\"new_password\" name=\"new_password\" type=\"password\" autocomplete=\"new-password\""
                        + " minlength=\"8\" required aria-invalid=\"true\" aria-describedby=\"new_password_error\">")
                .contains(
                        "<p id=\"new_password_error\" role=\"alert\">Password must be at least 8 characters long.</p>")
                .contains("<p id=\"confirm_password_error\" role=\"alert\">The passwords do not match.</p>")
                .doesNotContain("http", "short\"", token);
        TestKeycloak.cut();
        try {
            assertThat(page(submit(token, NEW, NEW), 503)).contains("role=\"alert\"", "<form");
        } finally {
            mendKeycloak();
        }
        assertThat(page(submit(token, NEW, NEW), 200)).contains("Your password is set", "href=\"/login/\"");
        assertThat(page(submit(token, NEW, NEW), 400))
                .contains("This link does not work")
                .doesNotContain("<form");
        logIn(name, NEW).expectStatus().isOk();
        // programs send forms too
        assertThat(text(client.post()
                        .uri("/api/auth/reset-password/" + token + "/")
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .bodyValue("new_password=" + NEW + "&confirm_password=" + NEW)
                        .exchange()
                        .expectHeader()
                        .contentType(MediaType.APPLICATION_JSON)))
                .contains("\"error\"");
    }

    private WebTestClient.ResponseSpec submit(String token, String password, String again) {
        return client.post()
                .uri("/api/auth/reset-password/" + token + "/")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .bodyValue("new_password=" + password + "&confirm_password=" + again)
                .exchange();
    }

    private static String page(WebTestClient.ResponseSpec answer, int status) {
        return text(answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML)
                .expectHeader()
                .valueMatches("Content-Security-Policy", "default-src 'none'; style-src 'sha256-[^']+'; .*")
                .expectHeader()
                .valueEquals("Referrer-Policy", "no-referrer")
                .expectHeader()
                .valueEquals("Cache-Control", "no-store"));
    }

    @Test
    void aTokenStaysGoodWhereThePasswordCouldNotBeSet() {
        String name = name();
        register(name, address(name));
        forget(address(name));
        String token = Mails.resetFor(address(name), 1);
        reset(token, "x".repeat(129)).isBadRequest();
        TestKeycloak.cut();
        try {
            for (int i = 0; i < 4; i++) {
                reset(token, NEW).value(status -> assertThat(status).isIn(400, 503));
            }
        } finally {
            mendKeycloak();
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> reset(token, NEW).isOk());
        logIn(name, NEW).expectStatus().isOk();
    }

    @Test
    void whoDiesWhileSettingAPasswordLeavesNoLoginBehind() {
        String name = name();
        JsonNode registered = register(name, address(name));
        Account account = account(id(registered));
        // what the database says after such a crash, when the time for the change is over
        Account claimed = new Account(
                account.handle(),
                account.username(),
                account.email(),
                account.status(),
                account.verified(),
                account.locked(),
                account.roles(),
                account.profile(),
                account.createdAt(),
                account.updatedAt(),
                account.verification(),
                account.reset(),
                account.mails(),
                new Account.Duties(null, false, Instant.now()));
        accounts.change(id(registered), current -> Change.of(claimed)).block();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> account(id(registered)).duties().sessionsAt() == null);
        post("refresh", Map.of("refresh_token", refresh(registered)))
                .expectStatus()
                .isUnauthorized();
        awaitRefusal(access(registered.get("data")));
    }

    @ParameterizedTest
    @CsvSource({
        "register,username",
        "register,password",
        "login,email",
        "login,password",
        "forgot-password,email",
        "reset-password/abc,new_password"
    })
    void halvesOfCharactersAndNulAreNoAccident(String endpoint, String field) {
        String name = name();
        Map<String, String> fields = new HashMap<>(
                Map.of("username", name, "email", address(name), "password", NEW, "confirm_password", NEW));
        for (String text : List.of("\\ud800abcdefg", "\\u0000abcdefg")) {
            fields.put(field, text);
            send(endpoint, MediaType.APPLICATION_JSON, fields, "\"%s\":\"%s\"", ",", "{", "}");
        }
        fields.put(field, "%00abcdefg");
        send(endpoint, MediaType.APPLICATION_FORM_URLENCODED, fields, "%s=%s", "&", "", "");
    }

    private void send(
            String endpoint,
            MediaType type,
            Map<String, String> fields,
            String form,
            String between,
            String before,
            String after) {
        client.post()
                .uri("/api/auth/" + endpoint + "/")
                .contentType(type)
                .bodyValue(fields.entrySet().stream()
                        .map(field -> form.formatted(field.getKey(), field.getValue()))
                        .collect(Collectors.joining(between, before, after)))
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    // ---- means ---------------------------------------------------------------------------------------------------

    private void forget(String address) {
        client.post()
                .uri("/api/auth/forgot-password/")
                .bodyValue(Map.of("email", address))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private StatusAssertions reset(String token, String password) {
        WebTestClient.ResponseSpec answer = client.post()
                .uri("/api/auth/reset-password/" + token + "/")
                .bodyValue(Map.of("new_password", password, "confirm_password", password))
                .exchange();
        return answer.expectStatus();
    }

    private Account account(UUID id) {
        return Objects.requireNonNull(accounts.find(id).block()).state();
    }
}
