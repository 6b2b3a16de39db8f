package dev.cadenza.catalog.track.persistence;

import dev.cadenza.catalog.track.StorageAccount;
import dev.cadenza.catalog.track.StorageAccounts;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** One document for each owner, under the owner's id. */
@Component
final class MongoStorageAccounts implements StorageAccounts {

    private final AggregateCollection<StorageAccount, Void> accounts;

    MongoStorageAccounts(Aggregates aggregates) {
        this.accounts = aggregates.collection(
                AggregateDefinition.unpublished("storage_account", StorageAccount.class, false, List.of()));
    }

    @Override
    public Mono<Versioned<StorageAccount>> find(UUID ownerId) {
        return accounts.find(ownerId);
    }

    @Override
    public Mono<Versioned<StorageAccount>> open(UUID ownerId) {
        return accounts.find(ownerId)
                .switchIfEmpty(Mono.defer(() -> accounts.insert(ownerId, new Change<>(StorageAccount.EMPTY, List.of())))
                        .onErrorResume(
                                error -> error instanceof FailureException e && e.failure() instanceof Failure.Conflict,
                                somebodyWasFaster -> accounts.find(ownerId)));
    }

    @Override
    public Mono<Void> replace(Versioned<StorageAccount> current, StorageAccount next) {
        return accounts.update(current, new Change<>(next, List.of())).then();
    }

    @Override
    public Mono<Void> forget(UUID ownerId) {
        return accounts.find(ownerId).flatMap(account -> accounts.delete(account, List.of()));
    }
}
