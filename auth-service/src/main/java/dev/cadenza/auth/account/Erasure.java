package dev.cadenza.auth.account;

import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * What another feature keeps of accounts and has to give up when one is deleted: sessions, keys, pictures. Every bean of
 * this type is asked, after the account can no longer be used and before its name is free.
 */
@FunctionalInterface
public interface Erasure {

    /** Removes all of it; may be repeated. */
    Mono<Void> erase(UUID account);
}
