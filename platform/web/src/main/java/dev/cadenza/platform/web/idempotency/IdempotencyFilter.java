package dev.cadenza.platform.web.idempotency;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.idempotency.IdempotencyStore;
import dev.cadenza.platform.core.idempotency.IdempotencyStore.Claim;
import dev.cadenza.platform.core.idempotency.RepeatableRequest;
import dev.cadenza.platform.web.dialect.DialectErrors;
import dev.cadenza.platform.web.dialect.ProblemException;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.CallerArgumentResolver;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Heeds {@code Idempotency-Key} on every POST of somebody with an identity: the first request with a key is served and its
 * answer remembered, the same one again is given that answer, another one with the same key 422, and any that comes while
 * the first is served 409. Answers that say "not now" or "not like this" about us rather than the request (5xx, 401, 408,
 * 425, 429) are not remembered. Stands behind security, so that the caller is known.
 */
@Order(0)
public final class IdempotencyFilter implements WebFilter {

    /** Header of the request. */
    public static final String HEADER = "Idempotency-Key";

    /** Header of an answer that is given again. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final int LONGEST_KEY = 255;
    private static final int RENEWALS = 3;
    private static final Set<Integer> PASSING = Set.of(401, 408, 425, 429);

    private final IdempotencyStore store;
    private final IdempotencySettings settings;
    private final DialectErrors errors;

    IdempotencyFilter(IdempotencyStore store, IdempotencySettings settings, DialectErrors errors) {
        this.store = store;
        this.settings = settings;
        this.errors = errors;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.deferContextual(context -> {
            Optional<WatchedBody> body = context.getOrEmpty(WatchedBody.class);
            return body.isEmpty()
                    ? chain.filter(exchange)
                    : CallerArgumentResolver.of(exchange)
                            // a token that is nobody's: whoever serves the request says so
                            .onErrorComplete()
                            .map(Optional::of)
                            .defaultIfEmpty(Optional.empty())
                            .flatMap(caller -> caller.isPresent()
                                    ? keyed(exchange, chain, body.get(), caller.get())
                                    : chain.filter(exchange));
        });
    }

    private Mono<Void> keyed(ServerWebExchange exchange, WebFilterChain chain, WatchedBody body, Caller caller) {
        ServerHttpRequest request = exchange.getRequest();
        RequestIdentity identity = RequestIdentity.of(
                caller.id(),
                request.getMethod().name(),
                request.getPath().value(),
                key(request.getHeaders().getOrEmpty(HEADER)));
        UUID holder = UUID.randomUUID();
        return asked(() -> store.claim(identity.name(), holder, settings.lease(), settings.retention()))
                .flatMap(claim -> switch (claim) {
                    case Claim.Granted granted ->
                        new Attempt(identity, holder, body).serve(exchange, chain, granted.since());
                    case Claim.InWork inWork -> Mono.error(inWork());
                    case Claim.Answered answered ->
                        body.finish()
                                .filter(fingerprint -> Arrays.equals(fingerprint, answered.fingerprint()))
                                .switchIfEmpty(Mono.error(IdempotencyFilter::otherRequest))
                                .flatMap(same -> replay(exchange, Answer.ofBytes(identity.opened(answered.answer()))));
                });
    }

    /** What is asked of the store runs to its end, whatever becomes of the request. */
    private static <T> Mono<T> asked(Supplier<CompletionStage<T>> question) {
        return Mono.fromFuture(() -> question.get().toCompletableFuture(), true);
    }

    private static String key(List<String> values) {
        String key = values.size() == 1 ? values.getFirst() : "";
        if (key.isBlank() || key.length() > LONGEST_KEY || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw Failure.unreadable(
                    "idempotency.key_malformed",
                    "The Idempotency-Key must be 1 to " + LONGEST_KEY + " printable ASCII characters.");
        }
        return key;
    }

    private static ProblemException otherRequest() {
        return new ProblemException(
                422,
                "idempotency.key_reused",
                "This Idempotency-Key was used before, for a different request.",
                Map.of());
    }

    private static ProblemException inWork() {
        return new ProblemException(
                409,
                "idempotency.in_work",
                "A request with this Idempotency-Key is being served.",
                Map.of(HttpHeaders.RETRY_AFTER, "1"));
    }

    private static Mono<Void> replay(ServerWebExchange exchange, Answer answer) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        answer.headers().forEach(response.getHeaders()::set);
        response.getHeaders().set(REPLAYED, "true");
        if (answer.body().length == 0) {
            return response.setComplete();
        }
        response.getHeaders().setContentLength(answer.body().length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(answer.body())));
    }

    /** The one request with its key that is served now. */
    private final class Attempt {

        private final RequestIdentity identity;
        private final UUID holder;
        private final WatchedBody body;
        private volatile boolean other;

        Attempt(RequestIdentity identity, UUID holder, WatchedBody body) {
            this.identity = identity;
            this.holder = holder;
            this.body = body;
        }

        Mono<Void> serve(ServerWebExchange exchange, WebFilterChain chain, Instant since) {
            body.atEnd(this::bind);
            RememberedResponse response = new RememberedResponse(
                    exchange.getResponse(), settings.largestAnswer().toBytes(), this::remember, release());
            ServerWebExchange watched = exchange.mutate().response(response).build();
            Mono<Void> work = chain.filter(watched)
                    // here, so that refusals are remembered too
                    .onErrorResume(error -> errors.handle(watched, other ? otherRequest() : error))
                    .then(Mono.defer(response::setComplete))
                    .onErrorResume(error -> release().then(Mono.error(error)));
            // where the client breaks off nobody knows how far the work came: the lease ends by itself
            return Mono.firstWithSignal(work, prolonging())
                    .contextWrite(context ->
                            context.put(RepeatableRequest.class, new RepeatableRequest(identity.name(), since)));
        }

        private Mono<Void> bind(byte[] fingerprint) {
            return asked(() -> store.bind(identity.name(), holder, fingerprint)).flatMap(same -> {
                other = !same;
                return same ? Mono.empty() : Mono.error(otherRequest());
            });
        }

        /** Ends with the work. */
        private Mono<Void> prolonging() {
            return Flux.interval(settings.lease().dividedBy(RENEWALS))
                    .onBackpressureDrop()
                    .concatMap(tick -> asked(() -> store.prolong(identity.name(), holder, settings.lease()))
                            .onErrorComplete())
                    .then();
        }

        private Mono<Void> remember(Answer answer) {
            boolean refused = answer.status() >= 400;
            if (other || answer.status() >= 500 || PASSING.contains(answer.status())) {
                return release();
            }
            return (refused ? body.fingerprint() : body.finish())
                    .map(fingerprint ->
                            asked(() -> store.remember(identity.name(), holder, identity.sealed(answer.toBytes()))))
                    // nobody knows all that was asked for
                    .defaultIfEmpty(release())
                    .flatMap(end -> end)
                    .onErrorResume(error -> {
                        LOG.warn("the answer to a request with a key is not remembered: {}", error.toString());
                        return Mono.empty();
                    })
                    .then();
        }

        private Mono<Void> release() {
            return asked(() -> store.release(identity.name(), holder))
                    .onErrorComplete()
                    .then();
        }
    }
}
