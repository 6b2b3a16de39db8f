package dev.cadenza.auth.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.auth.account.Identities;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class KeycloakGuardTests {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final KeycloakGuard guard = new KeycloakGuard(
            new KeycloakSettings(
                    URI.create("http://localhost"),
                    "cadenza",
                    "auth-service",
                    "secret",
                    Map.of(),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(6),
                    PATIENCE,
                    Duration.ofSeconds(5)),
            new SimpleMeterRegistry());

    @Test
    void allCallsOfARequestShareItsPatience() {
        StepVerifier.withVirtualTime(
                        () -> Patience.with(PATIENCE, call(3).then(call(3)).then(call(3))))
                .expectSubscription()
                .expectNoEvent(PATIENCE)
                .expectErrorSatisfies(error -> assertThat(code(error)).isEqualTo("identity.unavailable"))
                .verify(Duration.ofSeconds(30));
    }

    @Test
    void whatComesAfterwardsNeverArrives() {
        StepVerifier.withVirtualTime(() -> Patience.with(
                        PATIENCE, call(5).onErrorComplete().then(guard.guarded(Mono.error(AssertionError::new)))))
                .expectSubscription()
                .expectNoEvent(PATIENCE)
                .expectErrorSatisfies(error -> assertThat(code(error)).isEqualTo(Identities.UNREACHABLE))
                .verify(Duration.ofSeconds(30));
    }

    @Test
    void patienceBeginsWithTheFirstCallAndIsOneRequests() {
        StepVerifier.withVirtualTime(() -> {
                    Mono<Long> request = Mono.delay(Duration.ofSeconds(9)).then(call(3));
                    return Patience.with(PATIENCE, request).then(Patience.with(PATIENCE, request));
                })
                .thenAwait(Duration.ofMinutes(1))
                .expectNextCount(1)
                .expectComplete()
                .verify(Duration.ofSeconds(30));
    }

    @Test
    void workThatNobodyWaitsForHasTime() {
        StepVerifier.withVirtualTime(() -> call(60).then(call(60)))
                .thenAwait(Duration.ofMinutes(2))
                .expectNextCount(1)
                .expectComplete()
                .verify(Duration.ofSeconds(30));
    }

    private Mono<Long> call(int seconds) {
        return guard.guarded(Mono.delay(Duration.ofSeconds(seconds)));
    }

    private static String code(Throwable error) {
        return ((Failure.Unavailable) ((FailureException) error).failure()).code();
    }
}
