package dev.cadenza.catalog.search;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Local copy of the accounts; older or repeated messages change nothing. */
public interface People {

    /** Somebody who can be found. */
    record Person(UUID id, String username) {}

    /** An account is as told. */
    Mono<Void> put(Person person, long seq);

    /** An account is gone. */
    Mono<Void> remove(UUID id, long seq);

    /** Those whose name has all these words in it, by name. */
    Mono<Page<Person>> find(String text, Paging paging);
}
