package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Guessing passwords: it ends soon, and never locks out the owner. */
class AttemptTests extends AuthServiceIT {

    private static final int OF_STRANGERS = 5;
    private static final int OF_DEVICE = 10;
    private static final int OF_NETWORK = 20;

    @Test
    void guessingLocksStrangersOutAndNotTheOwner() {
        String name = name();
        UUID id = id(register(name, address(name)));
        WebTestClient attacker = stranger();
        for (int i = 0; i < OF_STRANGERS; i++) {
            attempt(attacker, name, "guess " + i).expectStatus().isUnauthorized();
        }
        attempt(attacker, name, "guess")
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .value(
                        "Retry-After",
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 300))
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("LOGIN_TOO_MANY");
        // the right one tells no more than a wrong one, by name and by address, from there and from anywhere else
        attempt(attacker, name, PASSWORD).expectStatus().isEqualTo(429);
        attempt(attacker, address(name), PASSWORD).expectStatus().isEqualTo(429);
        attempt(stranger(), name, PASSWORD).expectStatus().isEqualTo(429);
        // but the owner's device is known
        attempt(client, name, PASSWORD).expectStatus().isOk();

        JsonNode failed = awaitAudited(id, "login.failed");
        assertThat(failed.get("data").get("details").get("login").asString()).isEqualTo(name);
        assertThat(failed.get("data").get("details").get("client").asString()).isEqualTo("veza");
        assertThat(failed.get("origin").get("ip").asString()).startsWith("10.").endsWith(".9");
        awaitAudited(id, "login.refused");
        assertThat(securityFacts(id).toString()).doesNotContain("guess").doesNotContain(PASSWORD);
    }

    @Test
    void anUnknownNameGoesTheSameWay() {
        String known = name();
        register(known, address(known));
        String unknown = name();
        for (int i = 0; i < OF_STRANGERS + 2; i++) {
            // each time both from the same new network
            WebTestClient somewhere = stranger();
            EntityExchangeResult<String> one = answer(attempt(somewhere, known, "guess"));
            EntityExchangeResult<String> other = answer(attempt(somewhere, unknown, "guess"));
            assertThat(one.getStatus()).isEqualTo(other.getStatus());
            assertThat(one.getStatus().value()).isEqualTo(i < OF_STRANGERS ? 401 : 429);
            assertThat(one.getResponseBody()).isEqualTo(other.getResponseBody());
            assertThat(one.getResponseHeaders().headerNames())
                    .containsExactlyInAnyOrderElementsOf(
                            other.getResponseHeaders().headerNames());
        }
        // upper case and spaces make no other name of it
        attempt(stranger(), " " + unknown.toUpperCase(Locale.ROOT) + " ", "guess")
                .expectStatus()
                .isEqualTo(429);
    }

    @Test
    void aKnownDeviceWaitsForItsOwnFailuresOnly() {
        String name = name();
        register(name, address(name));
        for (int i = 0; i < OF_DEVICE - 1; i++) {
            attempt(client, name, "guess").expectStatus().isUnauthorized();
        }
        // being right forgives
        attempt(client, name, PASSWORD).expectStatus().isOk();
        for (int i = 0; i < OF_DEVICE; i++) {
            attempt(client, name, "guess").expectStatus().isUnauthorized();
        }
        attempt(client, name, PASSWORD).expectStatus().isEqualTo(429);
        // another device in the same network is another one
        WebTestClient otherDevice = client.mutate()
                .defaultHeaders(headers -> headers.set("User-Agent", "another"))
                .build();
        attempt(otherDevice, name, PASSWORD).expectStatus().isOk();
        attempt(stranger(), name, PASSWORD).expectStatus().isOk();
    }

    @Test
    void manyNamesFromOneNetworkMakeItWait() {
        String known = name();
        WebTestClient crowd = stranger();
        assertThat(answer(crowd.post()
                                .uri("/api/v1/auth/register")
                                .bodyValue(registration(known, address(known)))
                                .exchange())
                        .getStatus()
                        .value())
                .isEqualTo(201);
        for (int i = 0; i < OF_NETWORK; i++) {
            attempt(crowd, name(), "guess").expectStatus().isUnauthorized();
        }
        String other = name();
        register(other, address(other));
        attempt(crowd, other, PASSWORD).expectStatus().isEqualTo(429);
        // who was there before the crowd still gets in, and so does everybody from elsewhere
        attempt(crowd, known, PASSWORD).expectStatus().isOk();
        attempt(stranger(), other, PASSWORD).expectStatus().isOk();
    }

    @Test
    void manyGuessesAtOnceAreNoMoreThanAFew() {
        String name = name();
        register(name, address(name));
        WebTestClient attacker = stranger();
        List<Integer> statuses =
                Objects.requireNonNull(Flux.fromStream(IntStream.range(0, 24).boxed())
                        .flatMap(
                                i -> Mono.fromCallable(() -> answer(attempt(attacker, name, "guess " + i))
                                                .getStatus()
                                                .value())
                                        .subscribeOn(Schedulers.boundedElastic()),
                                12)
                        .collectList()
                        .block());
        assertThat(statuses).hasSize(24).containsOnly(401, 429);
        assertThat(statuses).filteredOn(status -> status == 401).hasSizeLessThanOrEqualTo(OF_STRANGERS);
        attempt(attacker, name, PASSWORD).expectStatus().isEqualTo(429);
    }

    @Test
    void aLoginFromANewNetworkIsWrittenDownAndTold() {
        String name = name();
        UUID id = id(register(name, address(name)));
        verify(Mails.tokenFor(address(name))).expectStatus().isOk();
        attempt(client, name, PASSWORD).expectStatus().isOk();
        attempt(stranger(), name, PASSWORD).expectStatus().isOk();
        JsonNode last = await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> securityFacts(id).stream()
                                .map(event -> event.get("data"))
                                .filter(event -> event.get("action").asString().equals("login.succeeded"))
                                .toList(),
                        logins -> logins.size() == 3)
                .stream()
                .filter(login -> login.get("details").has("new_network"))
                .reduce((one, other) -> {
                    throw new AssertionError("two new networks");
                })
                .orElseThrow();
        assertThat(last.get("details").propertyNames()).contains("client", "session");
        // one mail of the address, one of the new network
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Mails.to(address(name))).hasSize(2));
        assertThat(Mails.subjectsFor(address(name)).getLast()).containsIgnoringCase("logged in");
    }

    private static EntityExchangeResult<String> answer(WebTestClient.ResponseSpec answer) {
        return answer.expectBody(String.class).returnResult();
    }

    private static WebTestClient.ResponseSpec attempt(WebTestClient from, String login, String password) {
        return from.post()
                .uri("/api/v1/auth/login")
                .bodyValue(Map.of("email", login, "password", password))
                .exchange();
    }
}
