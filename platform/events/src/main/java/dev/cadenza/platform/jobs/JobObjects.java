package dev.cadenza.platform.jobs;

import java.util.function.Predicate;
import reactor.core.publisher.Mono;

/**
 * The stored objects of jobs, as far as the queue must know them: a service with jobs offers its object store's
 * {@code deletePrefix} as a bean of this type.
 */
@FunctionalInterface
public interface JobObjects {

    /** Deletes the objects below {@code prefix} whose keys {@code which} accepts; how many. */
    Mono<Long> deletePrefix(String prefix, Predicate<String> which);
}
