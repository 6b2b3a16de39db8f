package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.account.Identities;
import dev.cadenza.auth.account.Identities.Identity;
import dev.cadenza.auth.account.Password;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Versioned;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Registering, logging in, verifying, and what happens while Keycloak or the mail server is away. */
class AuthTests extends AuthServiceIT {

    @Autowired
    private Accounts accounts;

    @Autowired
    private Identities identities;

    @Autowired
    private AutowireCapableBeanFactory beans;

    // ---- registering ---------------------------------------------------------------------------------------------

    @Test
    void registersAndAnswersAsDocumented() throws ParseException {
        String name = name();
        JsonNode body = register(name, address(name));
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("success", "data");
        assertThat(body.get("success").asBoolean()).isTrue();
        JsonNode data = body.get("data");
        assertThat(data.propertyNames()).containsExactlyInAnyOrder("user", "token");
        assertThat(data.get("user").propertyNames()).containsExactlyInAnyOrder("id", "username", "email");
        assertThat(data.get("user").get("username").asString()).isEqualTo(name);
        assertThat(data.get("user").get("email").asString()).isEqualTo(address(name));
        UUID id = UUID.fromString(data.get("user").get("id").asString());
        assertThat(id.version()).isEqualTo(7);
        JsonNode token = data.get("token");
        assertThat(token.propertyNames()).containsExactlyInAnyOrder("access_token", "refresh_token", "expires_in");
        assertThat(token.get("expires_in").isIntegralNumber()).isTrue();
        assertThat(token.get("expires_in").asInt()).isBetween(86_399, 86_401);

        JWTClaimsSet claims =
                SignedJWT.parse(token.get("access_token").asString()).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo(id.toString());
        assertThat(claims.getAudience()).containsExactly("cadenza");
        assertThat(claims.getLongClaim("number"))
                .isEqualTo(Objects.requireNonNull(accounts.find(id).block()).requireNumber());
        assertThat(claims.getStringClaim("preferred_username")).isEqualTo(name);
        assertThat(claims.getStringClaim("email")).isEqualTo(address(name));
        assertThat(claims.getStringListClaim("roles")).containsExactly("user");
        JWTClaimsSet refresh =
                SignedJWT.parse(token.get("refresh_token").asString()).getJWTClaimsSet();
        assertThat(Duration.between(
                        refresh.getIssueTime().toInstant(),
                        refresh.getExpirationTime().toInstant()))
                .isBetween(
                        Duration.ofDays(30).minusSeconds(2), Duration.ofDays(30).plusSeconds(2));
    }

    @Test
    void theTokenOfARegistrationIsGoodForMe() {
        String name = name();
        JsonNode registered = register(name, address(name)).get("data");
        client.get()
                .uri("/api/v1/auth/me")
                .headers(headers -> headers.setBearerAuth(access(registered)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json(
                        """
                        {"success":true,"data":{"id":"%s","username":"%s","email":"%s","role":"user"}}
                        """.formatted(registered.get("user").get("id").asString(), name, address(name)),
                        JsonCompareMode.STRICT);
        client.get().uri("/api/v1/auth/me").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void aNameAndAnAddressBelongToOneAccount() {
        String name = name();
        register(name, address(name));
        assertConflict(name.toUpperCase(Locale.ROOT), "other-" + address(name), "USERNAME_TAKEN");
        assertConflict(name(), address(name).toUpperCase(Locale.ROOT), "EMAIL_TAKEN");
    }

    @Test
    void ofManyWhoWantTheSameNameExactlyOneGetsIt() {
        String name = name();
        List<Integer> statuses = Flux.range(0, 8)
                .flatMap(
                        i -> Mono.fromCallable(() -> status(registration(name, i + address(name))))
                                .subscribeOn(Schedulers.boundedElastic()),
                        8)
                .collectList()
                .block();
        assertThat(statuses).hasSize(8).containsOnlyOnce(201);
        assertThat(statuses).filteredOn(status -> status != 201).containsOnly(409);
    }

    @Test
    void wrongFieldsAreAllNamed() {
        post(
                        "register",
                        Map.of("username", "a b", "email", "nowhere", "password", "short", "password_confirm", "other"))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.success")
                .isEqualTo(false)
                .jsonPath("$.error.code")
                .isEqualTo("VALIDATION_ERROR")
                .jsonPath("$.error.details[*].field")
                .value(fields -> assertThat(fields)
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .containsExactly("username", "email", "password", "password_confirm"));
        post("register", Map.of())
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.details.length()")
                .isEqualTo(4);
        for (String endpoint : new String[] {"login", "refresh", "resend-verification"}) {
            post(endpoint, Map.of()).expectStatus().isEqualTo(422);
        }
        post("resend-verification", Map.of("email", "nowhere")).expectStatus().isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"register", "login", "refresh", "resend-verification"})
    void whatIsNotJsonIs400(String endpoint) {
        for (String body : new String[] {"{not json", "", "[]", "null", "{\"email\":{\"a\":1}}", "\"text\""}) {
            client.post()
                    .uri("/api/v1/auth/" + endpoint)
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).isIn(400, 422))
                    .expectBody()
                    .jsonPath("$.success")
                    .isEqualTo(false);
        }
        client.post()
                .uri("/api/v1/auth/" + endpoint)
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("x")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
    }

    @Test
    void passwordsMayBeInAnyScript() {
        String name = name();
        Map<String, Object> body = registration(name, address(name));
        String password = "пароль 密码 🎵 ½&=%";
        body.put("password", password);
        body.put("password_confirm", password);
        assertThat(status(body)).isEqualTo(201);
        logIn(name, password).expectStatus().isOk();
        logIn(name, password + " ").expectStatus().isUnauthorized();
    }

    @Test
    void tellsWhichNamesAreFree() {
        String name = name();
        assertAvailable(name, true);
        register(name, address(name));
        assertAvailable(name, false);
        assertAvailable(name.toUpperCase(Locale.ROOT), false);
        assertAvailable("a", false);
        client.get()
                .uri("/api/v1/auth/check-username")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    // ---- logging in ----------------------------------------------------------------------------------------------

    @Test
    void logsInByNameOrAddressAndAnswersAsDocumented() {
        String name = name();
        JsonNode registered = register(name, address(name)).get("data");
        for (String login :
                new String[] {address(name), name, name.toUpperCase(Locale.ROOT), " " + address(name) + " "}) {
            JsonNode body = body(logIn(login, PASSWORD).expectStatus().isOk());
            JsonNode data = body.get("data");
            assertThat(data.propertyNames()).containsExactlyInAnyOrder("user", "token", "requires_2fa");
            assertThat(data.get("requires_2fa").isBoolean()).isTrue();
            assertThat(data.get("user")).isEqualTo(registered.get("user"));
            assertThat(data.get("token").propertyNames())
                    .containsExactlyInAnyOrder("access_token", "refresh_token", "expires_in");
        }
    }

    @Test
    void aWrongLoginIs401AndDoesNotSayWhy() {
        String name = name();
        register(name, address(name));
        String wrongPassword =
                text(logIn(name, "not the password").expectStatus().isUnauthorized());
        String wrongName = text(logIn(name(), PASSWORD).expectStatus().isUnauthorized());
        assertThat(wrongPassword).isEqualTo(wrongName).contains("AUTH_INVALID_CREDENTIALS");
        logIn(name, PASSWORD).expectStatus().isOk();
    }

    @Test
    void whatIsLongerThanAnyCredentialIsWrongAndNoOutage() {
        String name = name();
        String refresh = register(name, address(name))
                .get("data")
                .get("token")
                .get("refresh_token")
                .asString();
        String endless = "x".repeat(200_000);
        for (int i = 0; i < 6; i++) {
            logIn(name, endless).expectStatus().isUnauthorized();
            logIn(endless + i, PASSWORD).expectStatus().isUnauthorized();
            post("refresh", Map.of("refresh_token", endless)).expectStatus().isUnauthorized();
        }
        post("refresh", Map.of("refresh_token", refresh)).expectStatus().isOk();
    }

    @Test
    void aRefreshTokenWorksOnce() {
        String name = name();
        JsonNode registered = register(name, address(name)).get("data");
        String first = registered.get("token").get("refresh_token").asString();
        JsonNode renewed = body(post("refresh", Map.of("refresh_token", first))
                        .expectStatus()
                        .isOk())
                .get("data");
        assertThat(renewed.propertyNames()).containsExactlyInAnyOrder("access_token", "refresh_token", "expires_in");
        assertThat(renewed.get("expires_in").asInt()).isBetween(86_399, 86_401);
        client.get()
                .uri("/api/v1/auth/me")
                .headers(headers ->
                        headers.setBearerAuth(renewed.get("access_token").asString()))
                .exchange()
                .expectStatus()
                .isOk();
        post("refresh", Map.of("refresh_token", first))
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("AUTH_INVALID_REFRESH_TOKEN");
        for (String rubbish : new String[] {"rubbish", "a.b.c", access(registered)}) {
            post("refresh", Map.of("refresh_token", rubbish)).expectStatus().isUnauthorized();
        }
    }

    @Test
    void loggingOutEndsTheSession() {
        String name = name();
        JsonNode registered = register(name, address(name)).get("data");
        String refresh = registered.get("token").get("refresh_token").asString();
        post("logout", Map.of("refresh_token", refresh)).expectStatus().isUnauthorized();
        // with the token of another session each time, which ends too
        for (String token : new String[] {refresh, refresh, "rubbish"}) {
            String bearer = access(body(logIn(name, PASSWORD)).get("data"));
            client.post()
                    .uri("/api/v1/auth/logout")
                    .headers(headers -> headers.setBearerAuth(bearer))
                    .bodyValue(Map.of("refresh_token", token))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .json(
                            "{\"success\":true,\"data\":{\"message\":\"Logged out successfully\"}}",
                            JsonCompareMode.STRICT);
            awaitRefusal(bearer);
        }
        awaitRefusal(access(registered));
        post("refresh", Map.of("refresh_token", refresh)).expectStatus().isUnauthorized();
        logIn(name, PASSWORD).expectStatus().isOk();
    }

    // ---- verifying -----------------------------------------------------------------------------------------------

    @Test
    void theMailsTokenVerifiesTheAddressOnce() {
        String name = name();
        UUID id = id(register(name, address(name)));
        String token = Mails.tokenFor(address(name));
        verify("no-such-token")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("VERIFICATION_INVALID_TOKEN");
        verify(token)
                .expectStatus()
                .isOk()
                .expectBody()
                .json(
                        "{\"success\":true,\"data\":{\"message\":\"Email verified successfully\"}}",
                        JsonCompareMode.STRICT);
        assertThat(account(id).verified()).isTrue();
        verify(token)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("VERIFICATION_ALREADY_VERIFIED");
        client.post().uri("/api/v1/auth/verify-email").exchange().expectStatus().isBadRequest();
    }

    @Test
    void aClickOnTheLinkVerifiesToo() {
        String name = name();
        UUID id = id(register(name, address(name)));
        client.get()
                .uri("/api/v1/auth/verify-email?token=" + Mails.tokenFor(address(name)))
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(account(id).verified()).isTrue();
    }

    @Test
    void onlyTheHashOfATokenIsStored() {
        String name = name();
        UUID id = id(register(name, address(name)));
        String token = Mails.tokenFor(address(name));
        assertThat(account(id).toString()).doesNotContain(token).doesNotContain(PASSWORD);
    }

    @Test
    void anotherMailComesOnRequestButNotWithoutEnd() {
        String name = name();
        register(name, address(name));
        String first = Mails.tokenFor(address(name));
        for (int i = 0; i < 3; i++) {
            resend(address(name))
                    .isOk()
                    .expectBody()
                    .json(
                            "{\"success\":true,\"data\":{\"message\":\"Verification email sent\"}}",
                            JsonCompareMode.STRICT);
            int expected = i + 2;
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(Mails.tokensFor(address(name))).hasSize(expected));
        }
        String refused = text(resendRefused(address(name).toUpperCase(Locale.ROOT)));
        assertThat(refused).contains("MAIL_TOO_MANY");
        verify(first).expectStatus().isOk();
        assertThat(Mails.tokensFor(address(name))).hasSize(4).doesNotHaveDuplicates();
        // an address that nobody has, and one that is verified, get the same answers and no mail
        String verified = name();
        register(verified, address(verified));
        verify(Mails.tokenFor(address(verified))).expectStatus().isOk();
        for (String address : List.of("nobody-" + address(name), address(verified))) {
            for (int i = 0; i < 3; i++) {
                resend(address).isOk();
            }
            assertThat(text(resendRefused(address))).isEqualTo(refused);
        }
        assertThat(Mails.to("nobody-" + address(name))).isEmpty();
        assertThat(Mails.to(address(verified))).hasSize(1);
    }

    private StatusAssertions resend(String address) {
        return post("resend-verification", Map.of("email", address)).expectStatus();
    }

    private WebTestClient.ResponseSpec resendRefused(String address) {
        return resend(address)
                .isEqualTo(429)
                .expectHeader()
                .value(
                        "Retry-After",
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(3000, 3600));
    }

    @Test
    void aMailServerThatIsAwayDelaysTheMailAndNothingElse() {
        String name = name();
        Mails.stop();
        try {
            register(name, address(name));
            // long enough for the mail to be tried
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> account(accounts.findByUsername(name)).mails().isEmpty());
        } finally {
            Mails.start();
        }
        verify(Mails.tokenFor(address(name))).expectStatus().isOk();
    }

    // ---- faults --------------------------------------------------------------------------------------------------

    @Test
    void whileKeycloakIsAwayEverythingThatNeedsItIs503AndNothingIsLost() {
        String name = name();
        JsonNode registered = register(name, address(name)).get("data");
        String refresh = registered.get("token").get("refresh_token").asString();
        String newcomer = name();
        TestKeycloak.cut();
        try {
            for (int i = 0; i < 4; i++) {
                for (WebTestClient.ResponseSpec answer : List.of(
                        post("register", registration(newcomer, address(newcomer))),
                        logIn(name, PASSWORD),
                        post("refresh", Map.of("refresh_token", refresh)))) {
                    answer.expectStatus()
                            .isEqualTo(503)
                            .expectHeader()
                            .exists("Retry-After")
                            .expectBody()
                            .jsonPath("$.error.code")
                            .value(String.class, code -> assertThat(code).startsWith("IDENTITY_UN"));
                }
            }
            // what needs no Keycloak goes on
            assertAvailable(name, false);
        } finally {
            TestKeycloak.mend();
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> logIn(name, PASSWORD).expectStatus().isOk());
        // the breaker lets few through at first, and the background rounds are among them
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> post("register", registration(newcomer, address(newcomer)))
                        .expectStatus()
                        .isCreated());
    }

    @Test
    void aRegistrationThatDiedBeforeItsCredentialsIsRemoved() {
        String name = name();
        Versioned<Account> dead = abandoned(name);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> accounts.find(dead.id()).blockOptional().isEmpty());
        register(name, address(name));
    }

    @Test
    void aRegistrationThatDiedAfterItsCredentialsIsCompleted() {
        String name = name();
        UUID id = Ids.next();
        Versioned<Account> dead = Objects.requireNonNull(
                accounts.insert(id, Account.begin("veza", name, address(name), List.of("user"), false, Instant.now()))
                        .block());
        identities
                .create(new Identity(id, dead.requireNumber(), name, address(name)), new Password(PASSWORD))
                .block();
        // logging in completes it at once, without waiting for the round
        JsonNode login = body(logIn(name, PASSWORD).expectStatus().isOk()).get("data");
        assertThat(login.get("user").get("id").asString()).isEqualTo(id.toString());
        assertThat(account(id).status()).isEqualTo(Account.Status.REGISTERED);
        Mails.tokenFor(address(name));
    }

    @Test
    void whatNobodyWasToldOfGoesAndTheSameCanBeRegisteredAgain() {
        String name = name();
        UUID id = Ids.next();
        // credentials first, so that the round cannot come between
        identities
                .create(new Identity(id, 1_000_000_000L + NAMES.get(), name, address(name)), new Password(PASSWORD))
                .block();
        accounts.insert(
                        id,
                        Account.begin(
                                "veza",
                                name,
                                address(name),
                                List.of("user"),
                                false,
                                Instant.now().minusSeconds(3600)))
                .block();
        // at once, or after the round
        JsonNode registered = register(name, address(name));
        assertThat(id(registered)).isNotEqualTo(id);
        assertThat(accounts.find(id).blockOptional()).isEmpty();
        assertThat(identities.exists(id).block()).isFalse();
        logIn(name, PASSWORD).expectStatus().isOk();
        Mails.tokenFor(address(name));
        assertThat(Mails.tokensFor(address(name))).hasSize(1);
    }

    @Test
    void nobodyLogsInWithARegistrationThatWasGivenUp() {
        String name = name();
        UUID id = Ids.next();
        identities
                .create(new Identity(id, 1_000_000_000L + NAMES.get(), name, address(name)), new Password(PASSWORD))
                .block();
        accounts.insert(
                        id,
                        Account.begin("veza", name, address(name), List.of("user"), false, Instant.now())
                                .state()
                                .abandoned())
                .block();
        logIn(name, PASSWORD).expectStatus().isUnauthorized();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> accounts.find(id).blockOptional().isEmpty());
    }

    @Test
    void whileKeycloakHangsEverythingThatNeedsItIs503InTheEndAndCanBeRepeated() {
        String name = name();
        JsonNode registered = register(name, address(name));
        String other = name();
        String refresh = refresh(registered);
        verify(Mails.tokenFor(address(name))).expectStatus().isOk();
        String leaving = refresh(register(other, address(other)));
        String newcomer = name();
        String singer = name();
        client.post()
                .uri("/api/auth/forgot-password/")
                .bodyValue(Map.of("email", address(other)))
                .exchange()
                .expectStatus()
                .isOk();
        String reset = Mails.resetFor(address(other), 1);
        Map<String, String> chosen = Map.of("new_password", "another password", "confirm_password", "another password");
        List<Supplier<WebTestClient.ResponseSpec>> asked = List.of(
                () -> post("register", registration(newcomer, address(newcomer))),
                () -> client.post()
                        .uri("/api/auth/register/")
                        .bodyValue(Map.of("username", singer, "email", address(singer), "password", PASSWORD))
                        .exchange(),
                () -> logIn(name, PASSWORD),
                () -> client.post()
                        .uri("/api/auth/login/")
                        .bodyValue(Map.of("email", address(name), "password", PASSWORD))
                        .exchange(),
                () -> post("refresh", Map.of("refresh_token", refresh)),
                () -> client.post()
                        .uri("/api/auth/reset-password/" + reset + "/")
                        .bodyValue(chosen)
                        .exchange());
        TestKeycloak.freeze();
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> answers = asked.stream()
                    .map(ask -> CompletableFuture.runAsync(
                            () -> ask.get()
                                    .expectStatus()
                                    .isEqualTo(503)
                                    .expectHeader()
                                    .exists("Retry-After"),
                            together))
                    .toList();
            answers.forEach(CompletableFuture::join);
            // whoever goes needs no Keycloak
            client.post()
                    .uri("/api/auth/logout/")
                    .cookie("refresh_token", leaving)
                    .exchange()
                    .expectStatus()
                    .isOk();
        } finally {
            TestKeycloak.thaw();
        }
        awaitKeycloak();
        asked.forEach(ask -> await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> ask.get().expectStatus().is2xxSuccessful()));
        logIn(newcomer, PASSWORD).expectStatus().isOk();
        logIn(other, "another password").expectStatus().isOk();
    }

    @Test
    void credentialsWithoutAnAccountBlockNoName() {
        String name = name();
        UUID orphan = Ids.next();
        identities
                .create(new Identity(orphan, 999, name, address(name)), new Password("another password"))
                .block();
        logIn(name, "another password").expectStatus().isUnauthorized();
        register(name, address(name));
        logIn(name, "another password").expectStatus().isUnauthorized();
        assertThat(identities.exists(orphan).block()).isFalse();
    }

    // ---- what others see -----------------------------------------------------------------------------------------

    @Test
    void othersHearOfTheAccount() {
        String name = name();
        UUID id = id(register(name, address(name)));
        verify(Mails.tokenFor(address(name))).expectStatus().isOk();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(events(id)).hasSize(2));
        List<JsonNode> events = events(id);
        assertThat(events)
                .extracting(event -> event.get("type").asString())
                .containsExactly("auth.user.registered", "auth.user.verified");
        assertThat(events.get(1).get("seq").asLong())
                .isGreaterThan(events.get(0).get("seq").asLong());
        JsonNode data = events.get(1).get("data");
        assertThat(data.propertyNames())
                .containsExactlyInAnyOrder(
                        "userId",
                        "number",
                        "username",
                        "verified",
                        "roles",
                        "createdAt",
                        "displayName",
                        "avatarUrl",
                        "profile");
        assertThat(data.get("userId").asString()).isEqualTo(id.toString());
        assertThat(data.get("username").asString()).isEqualTo(name);
        assertThat(data.get("verified").asBoolean()).isTrue();
        assertThat(events.toString()).doesNotContain(address(name));
    }

    @Test
    void theAdministratorIsThereFromTheStart() throws ParseException {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> logIn("root@example.org", "root-password-1")
                        .expectStatus()
                        .isOk());
        JsonNode login = body(logIn("Root", "root-password-1")).get("data");
        assertThat(SignedJWT.parse(access(login)).getJWTClaimsSet().getStringListClaim("roles"))
                .containsExactlyInAnyOrder("user", "admin");
        client.get()
                .uri("/api/v1/auth/me")
                .headers(headers -> headers.setBearerAuth(access(login)))
                .exchange()
                .expectBody()
                .jsonPath("$.data.role")
                .isEqualTo("admin")
                .jsonPath("$.data.username")
                .isEqualTo("Root");
        assertThat(account(accounts.findByUsername("root")).verified()).isTrue();
        assertThat(Mails.tokensFor("root@example.org")).isEmpty();
    }

    @Test
    void tellsItsHealthAndItsEndpoints() {
        client.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
        text(client.get().uri("/actuator/prometheus").exchange().expectStatus().isOk());
        assertThat(text(client.get()
                        .uri("/v3/api-docs")
                        .exchange()
                        .expectStatus()
                        .isOk()))
                .contains("/api/v1/auth/register");
    }

    // ---- means ---------------------------------------------------------------------------------------------------

    private int status(Map<String, Object> registration) {
        return post("register", registration)
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private void assertConflict(String name, String email, String code) {
        post("register", registration(name, email))
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.success")
                .isEqualTo(false)
                .jsonPath("$.error.code")
                .isEqualTo(code);
    }

    private void assertAvailable(String name, boolean available) {
        client.get()
                .uri("/api/v1/auth/check-username?username=" + name)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json(
                        "{\"success\":true,\"data\":{\"username\":\"%s\",\"available\":%s}}".formatted(name, available),
                        JsonCompareMode.STRICT);
    }

    private Account account(UUID id) {
        return account(accounts.find(id));
    }

    private static Account account(Mono<Versioned<Account>> found) {
        return Objects.requireNonNull(found.block()).state();
    }

    private Versioned<Account> abandoned(String name) {
        return Objects.requireNonNull(accounts.insert(
                        Ids.next(),
                        Account.begin(
                                "veza",
                                name,
                                address(name),
                                List.of("user"),
                                false,
                                Instant.now().minusSeconds(3600)))
                .block());
    }
}
