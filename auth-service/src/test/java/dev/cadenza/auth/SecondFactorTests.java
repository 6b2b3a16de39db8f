package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.auth.keycloak.KeycloakAdmin;
import dev.cadenza.auth.secondfactor.SecondFactor;
import dev.cadenza.auth.secondfactor.SecondFactors;
import dev.cadenza.auth.secret.Sealing;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;

/** One-time codes beside the password, with Keycloak's own checks. */
class SecondFactorTests extends AuthServiceIT {

    @Autowired
    private SecondFactors factors;

    @Autowired
    private Sealing sealing;

    @Autowired
    private KeycloakAdmin keycloak;

    @Test
    void onceEnrolledNobodyGetsInWithoutACode() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String token = access(registered.get("data"));
        // a token alone is not enough: somebody may have stolen it
        factor(HttpMethod.POST, "", token, null).expectStatus().isEqualTo(422);
        factor(HttpMethod.POST, "", token, Map.of("password", "guess"))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.details[0].field")
                .isEqualTo("password");
        JsonNode offer = body(factor(HttpMethod.POST, "", token, Map.of("password", PASSWORD))
                        .expectStatus()
                        .isOk())
                .get("data");
        assertThat(offer.propertyNames()).containsExactlyInAnyOrder("secret", "otpauth_url");
        String secret = offer.get("secret").asString();
        assertThat(secret).matches("[A-Z2-7]{32}");
        assertThat(offer.get("otpauth_url").asString())
                .startsWith("otpauth://totp/Cadenza:" + name + "?secret=" + secret + "&issuer=Cadenza");
        // what is only offered changes nothing
        logIn(name, PASSWORD)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.requires_2fa")
                .isEqualTo(false);
        Authenticator device = new Authenticator(secret);
        factor(HttpMethod.POST, "/confirm", token, Map.of("otp", "000000"))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.details[0].field")
                .isEqualTo("otp");
        factor(HttpMethod.POST, "/confirm", token, Map.of()).expectStatus().isEqualTo(422);
        factor(HttpMethod.POST, "/confirm", token, Map.of("otp", device.shown()))
                .expectStatus()
                .isOk();
        awaitAudited(id, "otp.enabled");
        factor(HttpMethod.POST, "", token, Map.of("password", PASSWORD))
                .expectStatus()
                .isEqualTo(409);
        factor(HttpMethod.POST, "/confirm", token, Map.of("otp", device.shown()))
                .expectStatus()
                .isEqualTo(409);

        // the password alone: asked for the code, in the form of the document
        logIn(name, PASSWORD)
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                        {"success":true,"data":{"user":{"id":"%s","username":"%s","email":"%s"},"token":null,
                        "requires_2fa":true}}""".formatted(id, name, address(name)), JsonCompareMode.STRICT);
        logIn(name, PASSWORD, "").expectBody().jsonPath("$.data.requires_2fa").isEqualTo(true);
        logIn(name, PASSWORD, "000000")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.token")
                .doesNotExist()
                .jsonPath("$.data.requires_2fa")
                .isEqualTo(true);
        // a wrong password says nothing of the device
        String wrong = text(logIn(name, "guess").expectStatus().isUnauthorized());
        assertThat(text(logIn(name(), "guess").expectStatus().isUnauthorized())).isEqualTo(wrong);
        assertThat(text(logIn(name, "guess", device.shown()).expectStatus().isUnauthorized()))
                .isEqualTo(wrong);

        JsonNode in = logInWith(device, name);
        assertThat(in.get("requires_2fa").asBoolean()).isFalse();
        me(access(in)).isOk();

        // removing it takes both
        factor(HttpMethod.DELETE, "", token, Map.of("password", "guess", "otp", device.shown()))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.details[0].field")
                .isEqualTo("password");
        factor(HttpMethod.DELETE, "", token, Map.of("password", PASSWORD, "otp", "000000"))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.details[0].field")
                .isEqualTo("otp");
        factor(HttpMethod.DELETE, "", token, Map.of("password", PASSWORD))
                .expectStatus()
                .isEqualTo(422);
        await().atMost(Duration.ofSeconds(120))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(15))
                .untilAsserted(
                        () -> factor(HttpMethod.DELETE, "", token, Map.of("password", PASSWORD, "otp", device.fresh()))
                                .expectStatus()
                                .isOk());
        awaitAudited(id, "otp.disabled");
        logIn(name, PASSWORD)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.requires_2fa")
                .isEqualTo(false);
        assertThat(otpCredentials(id)).isZero();
        factor(HttpMethod.DELETE, "", token, Map.of("password", PASSWORD, "otp", "000000"))
                .expectStatus()
                .isEqualTo(409);
    }

    @Test
    void wrongCodesCountLikeWrongPasswords() {
        String name = name();
        UUID id = id(register(name, address(name)));
        confirmed(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
        WebTestClient attacker = stranger();
        for (int i = 0; i < 5; i++) {
            attempt(attacker, name, "00000" + i)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.data.requires_2fa")
                    .isEqualTo(true);
        }
        attempt(attacker, name, "000006").expectStatus().isEqualTo(429);
        assertThat(awaitAudited(id, "login.failed")
                        .get("data")
                        .get("details")
                        .get("reason")
                        .asString())
                .isEqualTo("second_factor");
    }

    @Test
    void aBrowserIsAskedForTheCodeToo() {
        String name = name();
        UUID id = id(register(name, address(name)));
        String secret = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA";
        confirmed(id, secret);
        Authenticator device = new Authenticator(secret);
        assertThat(form(name, PASSWORD, "").getResponseBody()).contains("name=\"otp\"");
        assertThat(form(name, "guess", "").getResponseBody()).doesNotContain("name=\"otp\"");
        assertThat(form(name, PASSWORD, "000000").getResponseBody()).contains("The code is wrong.");
        await().atMost(Duration.ofSeconds(120))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(15))
                .until(() -> form(name, PASSWORD, device.fresh()).getStatus().value() == 302);
    }

    private EntityExchangeResult<String> form(String name, String password, String otp) {
        String token = "a".repeat(43);
        return client.post()
                .uri("/login/")
                .cookie("csrftoken", token)
                .body(BodyInserters.fromFormData("csrfmiddlewaretoken", token)
                        .with("username", name)
                        .with("password", password)
                        .with("otp", otp))
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }

    @Test
    void anEnrolmentThatDiedBeforeKeycloakKnewIsCompletedByTheNextLogin() {
        String name = name();
        UUID id = id(register(name, address(name)));
        String secret = "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U";
        confirmed(id, secret);
        logIn(name, PASSWORD)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.requires_2fa")
                .isEqualTo(true);
        SecondFactor settled = Objects.requireNonNull(factors.find(id).block()).state();
        assertThat(settled.stage()).isEqualTo(SecondFactor.Stage.ENABLED);
        assertThat(settled.sealedSecret()).isNull();
        assertThat(otpCredentials(id)).isEqualTo(1);
        assertThat(access(logInWith(new Authenticator(secret), name))).isNotEmpty();
    }

    @Test
    void anAdministratorTakesALostOneAwayAndTheOwnerIsTold() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        String token = access(registered.get("data"));
        String admin = administrator();
        withdraw(admin, id).expectStatus().isEqualTo(409);
        withdraw(admin, Ids.next()).expectStatus().isNotFound();
        JsonNode offer = body(factor(HttpMethod.POST, "", token, Map.of("password", PASSWORD)))
                .get("data");
        withdraw(admin, id).expectStatus().isEqualTo(409);
        factor(
                        HttpMethod.POST,
                        "/confirm",
                        token,
                        Map.of("otp", new Authenticator(offer.get("secret").asString()).shown()))
                .expectStatus()
                .isOk();

        withdraw(token, id).expectStatus().isForbidden();
        withdraw(null, id).expectStatus().isUnauthorized();
        UUID root = UUID.fromString(body(client.get()
                        .uri("/api/v1/auth/me")
                        .headers(headers -> headers.setBearerAuth(admin))
                        .exchange())
                .get("data")
                .get("id")
                .asString());
        withdraw(admin, root)
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("OTP_OWN");

        JsonNode told = body(withdraw(admin, id).expectStatus().isOk()).get("data");
        assertThat(told.get("user").get("id").asString()).isEqualTo(id.toString());
        logIn(name, PASSWORD)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.requires_2fa")
                .isEqualTo(false);
        assertThat(otpCredentials(id)).isZero();
        awaitRefusal(token);
        post("refresh", Map.of("refresh_token", refresh(registered)))
                .expectStatus()
                .isUnauthorized();
        assertThat(awaitAudited(id, "otp.disabled").get("data").get("actorId").asString())
                .isEqualTo(root.toString());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(Mails.subjectsFor(address(name))).contains("Your second factor was removed"));
        withdraw(admin, id).expectStatus().isEqualTo(409);
    }

    private WebTestClient.ResponseSpec withdraw(@Nullable String token, UUID account) {
        return client.delete()
                .uri("/api/v1/admin/users/" + account + "/2fa")
                .headers(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .exchange();
    }

    private void confirmed(UUID account, String secret) {
        factors.insert(
                        account,
                        Change.of(new SecondFactor(
                                SecondFactor.Stage.CONFIRMED,
                                sealing.seal("second factor", account.toString(), secret),
                                Instant.now())))
                .block();
    }

    private long otpCredentials(UUID account) {
        return Objects.requireNonNull(keycloak.call(() -> keycloak.users(account).stream()
                        .flatMap(user -> keycloak.realm().users().get(user.getId()).credentials().stream())
                        .filter(credential -> "otp".equals(credential.getType()))
                        .count())
                .block());
    }

    /** Keycloak takes each code once, and only those of about now: so a fresh one, until it suits. */
    private JsonNode logInWith(Authenticator device, String name) {
        return await().atMost(Duration.ofSeconds(120))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(15))
                .until(
                        () -> body(logIn(name, PASSWORD, device.fresh())
                                        .expectStatus()
                                        .isOk())
                                .get("data"),
                        data -> data.get("token").isObject());
    }

    private WebTestClient.ResponseSpec logIn(String name, String password, String otp) {
        return post("login", Map.of("email", name, "password", password, "otp", otp));
    }

    private static WebTestClient.ResponseSpec attempt(WebTestClient from, String name, String otp) {
        return from.post()
                .uri("/api/v1/auth/login")
                .bodyValue(Map.of("email", name, "password", PASSWORD, "otp", otp))
                .exchange();
    }

    private WebTestClient.ResponseSpec factor(
            HttpMethod method, String path, String token, @Nullable Map<String, String> body) {
        WebTestClient.RequestBodySpec request =
                client.method(method).uri("/api/v1/auth/2fa" + path).headers(headers -> headers.setBearerAuth(token));
        return body == null
                ? request.exchange()
                : request.bodyValue(new HashMap<>(body)).exchange();
    }
}
