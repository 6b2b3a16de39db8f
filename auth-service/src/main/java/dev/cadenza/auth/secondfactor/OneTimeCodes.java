package dev.cadenza.auth.secondfactor;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Who checks the codes at logins. */
public interface OneTimeCodes {

    /**
     * From now on the account's logins need codes made from this secret; may be repeated.
     *
     * @param secret in Base32
     */
    Mono<Void> demand(UUID account, String secret);

    /** From now on they need none; may be repeated. */
    Mono<Void> waive(UUID account);
}
