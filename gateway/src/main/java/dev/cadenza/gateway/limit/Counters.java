package dev.cadenza.gateway.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Counts requests against rates. Counters that cannot be reached let requests pass: a limit protects the system from
 * some of its users, and must never keep all of them out.
 */
public final class Counters {

    private static final Logger LOG = LoggerFactory.getLogger(Counters.class);
    private static final int RATES = 1_000;

    private final AsyncProxyManager<String> buckets;
    private final CircuitBreaker breaker;
    private final Duration patience;
    private final Clock clock;
    private final MeterRegistry meters;
    private final LoadingCache<Rate, CompletableFuture<BucketConfiguration>> configurations = Caffeine.newBuilder()
            .maximumSize(RATES)
            .executor(Runnable::run)
            .build(rate -> CompletableFuture.completedFuture(configuration(rate)));

    /** The breaker spares requests the wait for counters that do not answer. */
    public Counters(
            CounterStore store, CircuitBreaker breaker, LimitSettings settings, MeterRegistry meters, Clock clock) {
        this.buckets = store.buckets();
        this.breaker = breaker;
        this.patience = settings.patience();
        this.clock = clock;
        this.meters = meters;
    }

    /** Counts one more. */
    Mono<Standing> count(String counter, Rate rate) {
        return ask(counter, rate, bucket -> bucket.tryConsumeAndReturnRemaining(1))
                .map(probe -> standing(rate, probe))
                .doOnNext(standing -> {
                    if (!standing.fits()) {
                        meter("gateway.limits.hit", counter).increment();
                    }
                })
                .onErrorResume(error -> Mono.just(uncounted(counter, rate, error)));
    }

    /** Counts nothing; says whether one more would fit. */
    Mono<Standing> look(String counter, Rate rate) {
        return ask(counter, rate, bucket -> bucket.estimateAbilityToConsume(1))
                .map(estimate -> new Standing(
                        estimate.canBeConsumed(),
                        rate,
                        estimate.getRemainingTokens(),
                        clock.instant().plusNanos(estimate.getNanosToWaitForRefill())))
                .onErrorResume(error -> Mono.just(uncounted(counter, rate, error)));
    }

    private <T> Mono<T> ask(String counter, Rate rate, Function<AsyncBucketProxy, CompletableFuture<T>> question) {
        return Mono.defer(() -> {
            if (breaker.getState() != CircuitBreaker.State.CLOSED) {
                return asked(counter, rate, question).transformDeferred(CircuitBreakerOperator.of(breaker));
            }
            CompletableFuture<T> answer = question(counter, rate, question);
            // this instance keeps it: nothing to wait for, nothing that could be away
            return answer.state() == Future.State.SUCCESS
                    ? Mono.just(answer.resultNow())
                    : awaited(answer).transformDeferred(CircuitBreakerOperator.of(breaker));
        });
    }

    private <T> Mono<T> asked(String counter, Rate rate, Function<AsyncBucketProxy, CompletableFuture<T>> question) {
        return Mono.defer(() -> awaited(question(counter, rate, question)));
    }

    private <T> CompletableFuture<T> question(
            String counter, Rate rate, Function<AsyncBucketProxy, CompletableFuture<T>> question) {
        CompletableFuture<BucketConfiguration> configuration = configurations.get(rate);
        return question.apply(buckets.builder().build(counter + "@" + rate, () -> configuration));
    }

    private <T> Mono<T> awaited(CompletableFuture<T> answer) {
        return answer.isDone()
                ? Mono.fromFuture(answer)
                // another instance keeps it: go on elsewhere than on the thread that hears from it
                : Mono.fromFuture(answer).timeout(patience).publishOn(Schedulers.parallel());
    }

    private Standing standing(Rate rate, ConsumptionProbe probe) {
        long nanos = probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
        return new Standing(
                probe.isConsumed(),
                rate,
                probe.getRemainingTokens(),
                clock.instant().plusNanos(nanos));
    }

    private Standing uncounted(String counter, Rate rate, Throwable error) {
        meter("gateway.limits.uncounted", counter).increment();
        if (!(error instanceof CallNotPermittedException)) {
            LOG.warn("{} passes uncounted: {}", counter, error.toString());
        }
        return new Standing(true, rate, rate.requests(), clock.instant().plus(rate.window()));
    }

    /** By what is limited: what stands before the first colon of a counter's name. */
    private Counter meter(String name, String counter) {
        return meters.counter(name, "limit", counter.split(":", 2)[0]);
    }

    /** All of a window's requests come back at its end: what {@code X-RateLimit-Reset} promises. */
    private static BucketConfiguration configuration(Rate rate) {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(rate.requests()).refillIntervally(rate.requests(), rate.window()))
                .build();
    }

    /**
     * How a counter stands.
     *
     * @param fits whether this request is within the rate
     * @param reset when the window ends
     */
    record Standing(boolean fits, Rate rate, long remaining, Instant reset) {}
}
