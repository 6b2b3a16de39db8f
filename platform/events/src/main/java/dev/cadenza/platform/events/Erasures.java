package dev.cadenza.platform.events;

import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Erases what this service keeps of deleted accounts: noted when the event comes, done in rounds, so that neither a crash
 * nor a large account loses anything or holds up the events behind it.
 */
final class Erasures implements EventHandler, ErasedAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
    private static final String DUE = "state.dueAt";
    private static final Paging ROUND = new Paging(0, 100);

    private final AggregateCollection<Erasure, Void> accounts;
    private final List<PersonalData> data;
    private final String service;
    private final ErasureSettings settings;
    private final Clock clock;

    /**
     * A deleted account; the document has its id, and stays.
     *
     * @param dueAt when it is erased next; null once that is over
     * @param again whether it was erased once
     */
    record Erasure(@Nullable Instant dueAt, boolean again) {}

    Erasures(Aggregates aggregates, List<PersonalData> data, String service, ErasureSettings settings, Clock clock) {
        this.accounts = aggregates.collection(
                AggregateDefinition.unpublished("erasures", Erasure.class, false, List.of(IndexSpec.on(DUE))));
        this.data = data;
        this.service = service;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Set<String> topics() {
        return Set.of("auth.user.v1");
    }

    @Override
    public String group() {
        return service + ".erasures";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return event.type().equals("auth.user.deleted")
                ? accounts.insert(event.aggregateId(), state(new Erasure(clock.instant(), false)))
                        .then()
                        .onErrorResume(Erasures::isConflict, known -> Mono.empty())
                : Mono.empty();
    }

    @Override
    public Mono<Boolean> contain(UUID account) {
        return accounts.find(account).hasElement();
    }

    /** Erases the accounts whose time has come. */
    Mono<Void> round() {
        return Flux.defer(() -> accounts.find(lte(DUE, clock.instant()), ascending(DUE), ROUND))
                .concatMap(this::take, 1)
                .then();
    }

    private Mono<Void> take(Versioned<Erasure> due) {
        boolean again = due.state().again();
        return put(due, new Erasure(clock.instant().plus(settings.lease()), again))
                .flatMap(taken -> Flux.fromIterable(data)
                        .concatMap(each -> each.erase(due.id()))
                        .then(Mono.defer(() -> put(taken, ended(again))))
                        .doOnSuccess(ended -> LOG.info("erased what belonged to account {}", due.id()))
                        .onErrorResume(error -> {
                            LOG.warn("account {} is not erased yet: {}", due.id(), error.toString());
                            return put(taken, new Erasure(clock.instant().plus(settings.retryAfter()), again));
                        }))
                // another instance is at it
                .onErrorResume(Erasures::isConflict, lost -> Mono.empty())
                .then();
    }

    private Erasure ended(boolean again) {
        return again ? new Erasure(null, true) : new Erasure(clock.instant().plus(settings.againAfter()), true);
    }

    private Mono<Versioned<Erasure>> put(Versioned<Erasure> current, Erasure next) {
        return accounts.update(current, state(next));
    }

    private static Change<Erasure, Void> state(Erasure erasure) {
        return new Change<>(erasure, List.of());
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException failed && failed.failure() instanceof Failure.Conflict;
    }
}
