package dev.cadenza.catalog.search;

import dev.cadenza.platform.core.Page;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Turns what an index says into what there is. */
final class Found {

    private Found() {}

    /** The things in the order of their ids; what is not there is not counted. */
    static <T> Mono<Page<T>> inOrder(Page<UUID> ids, Flux<T> things, Function<T, UUID> id) {
        return things.collectMap(id).map(found -> {
            List<T> shown = ids.items().stream()
                    .map(found::get)
                    .filter(Objects::nonNull)
                    .toList();
            return new Page<>(shown, ids.total() - ids.items().size() + shown.size(), ids.paging());
        });
    }
}
