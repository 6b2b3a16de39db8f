package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The accounts of all owners. */
public interface StorageAccounts {

    /** Empty where the owner never uploaded. */
    Mono<Versioned<StorageAccount>> find(UUID ownerId);

    /** The owner's account, made where it is missing. */
    Mono<Versioned<StorageAccount>> open(UUID ownerId);

    /** Stores what has become of it; fails with Conflict where it has changed since it was read. */
    Mono<Void> replace(Versioned<StorageAccount> current, StorageAccount next);

    /** Removes it; nothing happens when absent. */
    Mono<Void> forget(UUID ownerId);
}
