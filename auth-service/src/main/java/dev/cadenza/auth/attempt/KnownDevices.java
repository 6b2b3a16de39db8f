package dev.cadenza.auth.attempt;

import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** Where the devices of accounts are kept. */
public interface KnownDevices {

    /** {@link Devices#NONE} where none is known. */
    Mono<Devices> of(UUID account);

    /** Writes what changes. */
    Mono<Void> change(UUID account, UnaryOperator<Devices> transition);

    /** Forgets an account's. */
    Mono<Void> remove(UUID account);

    /** Forgets those of accounts that nobody logged into since. */
    Mono<Long> forget(Instant since);
}
