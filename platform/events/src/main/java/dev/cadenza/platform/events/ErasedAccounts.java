package dev.cadenza.platform.events;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Bean. Accounts that are deleted, for events about them that come late. */
public interface ErasedAccounts {

    /** Whether this service was told that the account is deleted. */
    Mono<Boolean> contain(UUID account);
}
