package dev.cadenza.gateway.identity;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.cadenza.platform.core.identity.ClientOrigin;
import dev.cadenza.platform.core.identity.Revocations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Remembers for a short while who keys and sessions stand for. One question to auth-service at a time for each; an answer
 * that does not come is not remembered.
 */
public final class KnownIdentities {

    /** A token goes on to a service, and perhaps waits there: it is not used up to its last second. */
    private static final Duration LIFE_LEFT = Duration.ofSeconds(45);

    private final AsyncCache<String, Optional<Identity>> known;
    private final AskAuthService ask;
    private final List<Revocations> revocations;

    /** Nothing is known yet. */
    public KnownIdentities(
            AskAuthService ask,
            List<Revocations> revocations,
            IdentitySettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.ask = ask;
        this.revocations = List.copyOf(revocations);
        this.known = Caffeine.newBuilder()
                .maximumSize(settings.kept())
                .executor(Runnable::run)
                .recordStats()
                .expireAfter(Expiry.<String, Optional<Identity>>creating((fingerprint, answer) -> answer.map(
                                identity -> shorter(
                                        settings.keep(),
                                        Duration.between(clock.instant(), identity.expiresAt())
                                                .minus(LIFE_LEFT)))
                        .orElse(settings.keepRefusal())))
                .buildAsync();
        CaffeineCacheMetrics.monitor(meters, known, "identities");
    }

    /** Whether the next answer about it costs nothing. */
    boolean has(Credential credential) {
        return known.getIfPresent(credential.fingerprint()) != null;
    }

    /** Who it stands for; empty for nobody. */
    Mono<Optional<Identity>> of(Credential credential, ClientOrigin origin, String requestId) {
        return find(credential, origin, requestId).flatMap(answer -> {
            if (!isRevoked(answer)) {
                return Mono.just(answer);
            }
            known.synchronous().asMap().remove(credential.fingerprint(), answer);
            // perhaps only older tokens are revoked, after a change of roles say
            return find(credential, origin, requestId).map(now -> isRevoked(now) ? Optional.empty() : now);
        });
    }

    private Mono<Optional<Identity>> find(Credential credential, ClientOrigin origin, String requestId) {
        return Mono.fromFuture(
                () -> known.get(
                        credential.fingerprint(),
                        (fingerprint, executor) ->
                                ask.about(credential, origin, requestId).toFuture()),
                true);
    }

    private boolean isRevoked(Optional<Identity> answer) {
        return answer.isPresent()
                && revocations.stream()
                        .anyMatch(revoked -> revoked.isRevoked(
                                answer.get().user(),
                                answer.get().session(),
                                answer.get().keyId(),
                                answer.get().issuedAt()));
    }

    private static Duration shorter(Duration one, Duration other) {
        Duration shorter = one.compareTo(other) < 0 ? one : other;
        return shorter.isNegative() ? Duration.ZERO : shorter;
    }
}
