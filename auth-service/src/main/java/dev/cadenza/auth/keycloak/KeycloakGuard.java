package dev.cadenza.auth.keycloak;

import dev.cadenza.auth.account.Identities;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Every call of Keycloak goes through here: whatever it answers or does not answer becomes a {@link Failure}, never an
 * accident, and after several silences it is left alone for a while.
 */
@Component
public class KeycloakGuard {

    private static final Logger LOG = LoggerFactory.getLogger(KeycloakGuard.class);

    private final CircuitBreaker breaker;
    private final int retryAfter;

    KeycloakGuard(KeycloakSettings settings, MeterRegistry meters) {
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(50)
                .waitDurationInOpenState(settings.openFor())
                .permittedNumberOfCallsInHalfOpenState(2)
                .recordException(KeycloakGuard::isSilence)
                .build());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        this.breaker = breakers.circuitBreaker("keycloak");
        this.retryAfter = (int) Math.max(1, settings.openFor().toSeconds());
    }

    /**
     * Errors that are not {@link FailureException}s become {@link Failure.Unavailable}, and so does a call for which the
     * {@link Patience} of the request is not enough.
     */
    public <T> Mono<T> guarded(Mono<T> call) {
        return Mono.deferContextual(context -> {
            Duration left = Patience.left(context);
            if (left != null && !left.isPositive()) {
                return Mono.error(unavailable(Identities.UNREACHABLE));
            }
            return (left == null ? call : call.timeout(left))
                    .onErrorMap(this::translate)
                    .transformDeferred(CircuitBreakerOperator.of(breaker))
                    .onErrorMap(CallNotPermittedException.class, spared -> unavailable(Identities.UNREACHABLE));
        });
    }

    /** What is said where Keycloak answers something that it never should. */
    public FailureException unexpected(String answer) {
        LOG.error("Keycloak answers {}", answer);
        return unavailable("identity.unavailable");
    }

    private Throwable translate(Throwable error) {
        if (error instanceof FailureException) {
            return error;
        }
        LOG.warn("Keycloak does not answer as it should: {}", error.toString());
        return unavailable(neverArrived(error) ? Identities.UNREACHABLE : "identity.unavailable");
    }

    private FailureException unavailable(String code) {
        return Failure.unavailable(code, "The identity service does not answer. Try again soon.", retryAfter);
    }

    private static boolean isSilence(Throwable error) {
        return error instanceof FailureException failure && failure.failure() instanceof Failure.Unavailable;
    }

    private static boolean neverArrived(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }
}
