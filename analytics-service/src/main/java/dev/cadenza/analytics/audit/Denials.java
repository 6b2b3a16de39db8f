package dev.cadenza.analytics.audit;

import reactor.core.publisher.Mono;

/**
 * Requests that the gateway refused, with the action {@value #ACTION}. Kept beside the log: anybody can cause them in any
 * number, and they must neither hide what was done nor make its chain wait.
 */
public interface Denials extends AuditEntries {

    /** Their action. */
    String ACTION = "access.denied";

    /** Stores one; a repeat changes nothing. */
    Mono<Void> record(AuditEntry denial);
}
