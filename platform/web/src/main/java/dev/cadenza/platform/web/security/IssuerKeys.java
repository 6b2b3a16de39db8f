package dev.cadenza.platform.web.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cadenza.platform.web.dialect.Problems;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Public keys of one issuer. What is known counts for as long as the issuer does not say otherwise, also while it is
 * away. An unknown key id makes us ask again, for the issuer may have a new key, but only every now and then: anybody can
 * invent key ids.
 */
final class IssuerKeys {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** Between attempts while no key is known at all, so that nobody waits for an issuer that is away. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final SecuritySettings.Issuer issuer;
    private final Duration interval;
    private final Duration refresh;
    private final WebClient client;
    private final Clock clock;
    private volatile @Nullable Known known;
    private @Nullable Mono<JWKSet> running;
    private Instant lastFetch = Instant.MIN;

    private record Known(JWKSet keys, Instant at) {}

    IssuerKeys(SecuritySettings.Issuer issuer, Duration interval, Duration refresh, WebClient client, Clock clock) {
        this.issuer = issuer;
        this.interval = interval;
        this.refresh = refresh;
        this.client = client;
        this.clock = clock;
    }

    /** The keys that may have signed this token; none for another algorithm than the issuer's. */
    Flux<JWK> of(SignedJWT token) {
        if (!token.getHeader()
                .getAlgorithm()
                .getName()
                .equals(issuer.algorithm().getName())) {
            return Flux.empty();
        }
        JWKSelector wanted = new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader()));
        return Mono.defer(() -> find(wanted)).flatMapIterable(keys -> keys);
    }

    /** Asks until there is an answer; completes then. So that a token is not the first to find the issuer away. */
    Mono<Void> readAhead() {
        return Mono.defer(() -> known == null ? fetch().then() : Mono.<Void>empty())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE).maxBackoff(LONGEST_PAUSE));
    }

    private Mono<List<JWK>> find(JWKSelector wanted) {
        Known current = known;
        if (current == null) {
            return fetch().map(wanted::select);
        }
        List<JWK> found = wanted.select(current.keys());
        if (found.isEmpty()) {
            return fetch().map(wanted::select).onErrorReturn(found);
        }
        if (current.at().plus(refresh).isBefore(clock.instant())) {
            // nobody waits for it: a key that the issuer took back is refused soon afterwards
            fetch().onErrorComplete().subscribe();
        }
        return Mono.just(found);
    }

    /** One for all who want it at the same time; where it is too early, what is known. */
    private synchronized Mono<JWKSet> fetch() {
        if (running != null) {
            return running;
        }
        Instant now = clock.instant();
        Known current = known;
        Duration pause = current == null && FIRST_PAUSE.compareTo(interval) < 0 ? FIRST_PAUSE : interval;
        // a clock that was put back must not end the asking
        if (!now.isBefore(lastFetch) && now.isBefore(lastFetch.plus(pause))) {
            return current == null ? Mono.error(Problems.IDENTITY_AWAY::asException) : Mono.just(current.keys());
        }
        lastFetch = now;
        Mono<JWKSet> started = client.get()
                .uri(issuer.jwksUri())
                .retrieve()
                .bodyToMono(String.class)
                .timeout(TIMEOUT)
                .map(IssuerKeys::parsed)
                .doOnNext(keys -> known = new Known(keys, now))
                .doOnError(error -> LOG.warn("keys of {} cannot be read: {}", issuer.issuer(), error.toString()))
                .onErrorMap(error -> Problems.IDENTITY_AWAY.asException())
                .doFinally(end -> finished())
                .cache();
        running = started;
        return started;
    }

    private synchronized void finished() {
        running = null;
    }

    private static JWKSet parsed(String body) {
        try {
            JWKSet keys = JWKSet.parse(body);
            if (keys.isEmpty()) {
                throw new IllegalStateException("no keys");
            }
            return keys;
        } catch (ParseException e) {
            throw new IllegalStateException("no key set", e);
        }
    }
}
