package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;

/** The audionova dialect's accounts, as its document shows them. */
class AudionovaTests extends AuthServiceIT {

    private static final String INACTIVE =
            "{\"non_field_errors\":[\"User account is inactive. Please verify your email.\"]}";

    @Test
    void registersVerifiesAndLogsInAsDocumented() {
        String name = name();
        signUp(name)
                .expectStatus()
                .isCreated()
                .expectBody()
                .json("{\"message\":\"User created. Check email for verification link.\"}", JsonCompareMode.STRICT);
        enter(name, PASSWORD).expectStatus().isBadRequest().expectBody().json(INACTIVE, JsonCompareMode.STRICT);

        String token = Mails.tokenFor(address(name));
        get("verify-email/" + token + "/")
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"message\":\"Email verified successfully.\"}", JsonCompareMode.STRICT);

        EntityExchangeResult<String> answer = entered(name, PASSWORD);
        JsonNode body = json.readTree(Objects.requireNonNull(answer.getResponseBody()));
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("access", "user");
        assertThat(body.get("user").propertyNames()).containsExactlyInAnyOrder("id", "username", "email");
        assertThat(body.get("user").get("id").isIntegralNumber()).isTrue();
        assertThat(body.get("user").get("username").asString()).isEqualTo(name);
        assertThat(body.get("user").get("email").asString()).isEqualTo(address(name));
        me(body.get("access").asString()).isOk();

        ResponseCookie cookie = cookie(answer);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/api/auth/");
        assertThat(cookie.getMaxAge().toHours()).isBetween(167L, 168L);
    }

    @Test
    void saysEverythingThatIsWrongWithARegistrationAtOnce() {
        String name = name();
        signUp(name).expectStatus().isCreated();
        post(
                        "/api/auth/register/",
                        Map.of(
                                "username",
                                name(),
                                "email",
                                address(name).toUpperCase(Locale.ROOT),
                                "password",
                                "short"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .json("""
                        {"email":["A user with this email already exists."],
                         "password":["Password must be at least 8 characters long."]}""", JsonCompareMode.STRICT);
        post("/api/auth/register/", Map.of("username", name, "email", address(name()), "password", PASSWORD))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .json("{\"username\":[\"A user with this username already exists.\"]}", JsonCompareMode.STRICT);
        post("/api/auth/register/", Map.of("username", Map.of("$gt", ""), "email", 1, "password", PASSWORD))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .json(
                        "{\"username\":[\"Not a valid string.\"],\"email\":[\"Not a valid string.\"]}",
                        JsonCompareMode.STRICT);
        post("/api/auth/register/", Map.of())
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .json("""
                        {"username":["This field is required."],"email":["This field is required."],
                         "password":["This field is required."]}""", JsonCompareMode.STRICT);
    }

    @Test
    void readsFormsToo() {
        String name = name();
        client.post()
                .uri("/api/auth/register")
                .body(BodyInserters.fromFormData("username", name)
                        .with("email", address(name))
                        .with("password", PASSWORD))
                .exchange()
                .expectStatus()
                .isCreated();
        client.post()
                .uri("/api/auth/login")
                .body(BodyInserters.fromMultipartData("email", address(name)).with("password", PASSWORD))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .json(INACTIVE, JsonCompareMode.STRICT);
    }

    @Test
    void aTokenOfAMailWorksOnce() {
        String name = name();
        signUp(name).expectStatus().isCreated();
        String token = Mails.tokenFor(address(name));
        get("verify-email/" + token).expectStatus().isOk();
        for (String used : List.of(token, token + "x", "nonsense")) {
            get("verify-email/" + used + "/")
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.error")
                    .isNotEmpty();
        }
    }

    @Test
    void wrongCredentialsAreToldAlikeForKnownAndUnknownNames() {
        String name = member();
        for (String who : List.of(name, name())) {
            enter(who, "wrong-password")
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .json("{\"non_field_errors\":[\"Invalid email or password.\"]}", JsonCompareMode.STRICT);
        }
        // an address that is not verified is no reason to tell strangers so
        String unverified = name();
        signUp(unverified).expectStatus().isCreated();
        enter(unverified, "wrong-password")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .json("{\"non_field_errors\":[\"Invalid email or password.\"]}", JsonCompareMode.STRICT);
    }

    @Test
    void aRefreshTokenWorksOnceAndItsReuseEndsTheSession() {
        EntityExchangeResult<String> first = entered(member(), PASSWORD);
        EntityExchangeResult<String> second = renewed(cookie(first));
        JsonNode body = json.readTree(Objects.requireNonNull(second.getResponseBody()));
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("access", "user");
        assertThat(body.get("user").propertyNames()).containsExactlyInAnyOrder("id", "username", "email");
        assertThat(cookie(second).getValue()).isNotEqualTo(cookie(first).getValue());

        assertNotRenewed(cookie(first));
        // whoever has the newer one is out as well
        assertNotRenewed(cookie(second));
        awaitRefusal(body.get("access").asString());
    }

    @Test
    void refreshingNeedsTheCookie() {
        client.post()
                .uri("/api/auth/token/refresh/")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .json("{\"error\":\"Refresh token not found in cookies\"}", JsonCompareMode.STRICT);
    }

    @Test
    void loggingOutEndsTheSessionAndClearsTheCookie() {
        EntityExchangeResult<String> in = entered(member(), PASSWORD);
        EntityExchangeResult<String> out = client.post()
                .uri("/api/auth/logout/")
                .cookie("refresh_token", cookie(in).getValue())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult();
        assertThat(cookie(out).getMaxAge()).isZero();
        assertNotRenewed(cookie(in));
        awaitRefusal(json.readTree(Objects.requireNonNull(in.getResponseBody()))
                .get("access")
                .asString());
        client.post().uri("/api/auth/logout").exchange().expectStatus().isOk();
    }

    @Test
    void aForgottenPasswordIsReplacedByTheLinkOfAMailThatWorksOnce() {
        String name = member();
        EntityExchangeResult<String> before = entered(name, PASSWORD);
        for (String address : List.of(address(name), address(name()))) {
            post("/api/auth/forgot-password/", Map.of("email", address))
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .json(
                            "{\"message\":\"Password reset email sent. Check your email for the reset link.\"}",
                            JsonCompareMode.STRICT);
        }
        String token = Mails.resetFor(address(name), 1);
        client.get()
                .uri("/api/auth/reset-password/" + token + "/")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML);

        reset(token, "short", "short")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .json("{\"new_password\":[\"Password must be at least 8 characters long.\"]}", JsonCompareMode.STRICT);
        reset(token, "newsecurepassword123", "another")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.confirm_password[0]")
                .isNotEmpty();
        reset(token, "newsecurepassword123", "newsecurepassword123")
                .expectStatus()
                .isOk()
                .expectBody()
                .json(
                        "{\"message\":\"Password reset successfully. You can now log in with your new password.\"}",
                        JsonCompareMode.STRICT);
        for (String bad : List.of(token, "nonsense")) {
            reset(bad, "newsecurepassword124", "newsecurepassword124")
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.error")
                    .isNotEmpty();
        }

        assertNotRenewed(cookie(before));
        enter(name, PASSWORD).expectStatus().isBadRequest();
        entered(name, "newsecurepassword123");
    }

    @Test
    void showsAndChangesOnesOwnProfile() {
        String name = member();
        String token = json.readTree(
                        Objects.requireNonNull(entered(name, PASSWORD).getResponseBody()))
                .get("access")
                .asString();
        JsonNode changed = body(client.put()
                .uri("/api/auth/user/profile/")
                .headers(headers -> headers.setBearerAuth(token))
                .bodyValue(Map.of("first_name", "Ann", "bio", "Sings", "email", "other@example.org", "id", 1))
                .exchange()
                .expectStatus()
                .isOk());
        assertThat(changed.get("first_name").asString()).isEqualTo("Ann");
        JsonNode shown = body(client.get()
                .uri("/api/auth/user/profile")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isOk());
        assertThat(shown).isEqualTo(changed);
        assertThat(shown.get("username").asString()).isEqualTo(name);
        assertThat(shown.get("email").asString()).isEqualTo(address(name));
        assertThat(shown.get("bio").asString()).isEqualTo("Sings");
        client.get()
                .uri("/api/auth/user/profile/")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.detail")
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"register", "login", "forgot-password", "reset-password/abc"})
    void refusesWhatIsNoObjectOfTexts(String endpoint) {
        for (String body :
                List.of("[]", "{", "\"x\"", "{\"email\":{\"$gt\":\"\"},\"password\":{\"$gt\":\"\"}}", "null")) {
            client.post()
                    .uri("/api/auth/" + endpoint + "/")
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(HttpStatus.BAD_REQUEST);
        }
    }

    // ---- means ---------------------------------------------------------------------------------------------------

    private WebTestClient.ResponseSpec signUp(String name) {
        Map<String, Object> body = new HashMap<>(registration(name, address(name)));
        body.remove("password_confirm");
        return client.post().uri("/api/auth/register/").bodyValue(body).exchange();
    }

    /** Somebody whose address is verified. */
    private String member() {
        String name = name();
        signUp(name).expectStatus().isCreated();
        get("verify-email/" + Mails.tokenFor(address(name)) + "/")
                .expectStatus()
                .isOk();
        return name;
    }

    private WebTestClient.ResponseSpec get(String endpoint) {
        return client.get().uri("/api/auth/" + endpoint).exchange();
    }

    @Override
    WebTestClient.ResponseSpec post(String path, Map<String, ?> body) {
        return client.post().uri(path).bodyValue(body).exchange();
    }

    private WebTestClient.ResponseSpec enter(String name, String password) {
        return post("/api/auth/login/", Map.of("email", address(name), "password", password));
    }

    private EntityExchangeResult<String> entered(String name, String password) {
        return enter(name, password)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult();
    }

    private WebTestClient.ResponseSpec reset(String token, String password, String confirmation) {
        return post(
                "/api/auth/reset-password/" + token + "/",
                Map.of("new_password", password, "confirm_password", confirmation));
    }

    private WebTestClient.ResponseSpec renew(ResponseCookie cookie) {
        return client.post()
                .uri("/api/auth/token/refresh/")
                .cookie("refresh_token", cookie.getValue())
                .exchange();
    }

    private EntityExchangeResult<String> renewed(ResponseCookie cookie) {
        return renew(cookie).expectStatus().isOk().expectBody(String.class).returnResult();
    }

    private void assertNotRenewed(ResponseCookie cookie) {
        EntityExchangeResult<String> refused = renew(cookie)
                .expectStatus()
                .isUnauthorized()
                .expectBody(String.class)
                .returnResult();
        assertThat(refused.getResponseBody()).isEqualTo("{\"error\":\"Invalid or expired refresh token\"}");
        assertThat(cookie(refused).getMaxAge()).isZero();
    }

    private static ResponseCookie cookie(EntityExchangeResult<String> answer) {
        return Objects.requireNonNull(answer.getResponseCookies().getFirst("refresh_token"));
    }
}
