package dev.cadenza.platform.events;

import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * What a service keeps of accounts. Beans of this type are asked, one after the other, once an account is deleted, and
 * again later, for requests that were under way then.
 */
@FunctionalInterface
public interface PersonalData {

    /**
     * Erases what belongs to the account, and takes the account out of what belongs to others. It may be cut off anywhere
     * and is then asked again: so in steps that each stay done.
     */
    Mono<Void> erase(UUID account);
}
