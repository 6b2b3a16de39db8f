package dev.cadenza.catalog.search.persistence;

import static com.mongodb.client.model.Filters.in;

import dev.cadenza.catalog.search.People;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.ProjectionCollection;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** People as rows. */
@Component
final class MongoPeople implements People {

    private final ProjectionCollection<Person> rows;

    MongoPeople(Aggregates aggregates) {
        this.rows = aggregates.projection("user_copy", Person.class, List.of());
    }

    @Override
    public Mono<Void> put(Person person, long seq) {
        return rows.apply(person.id(), seq, person).then();
    }

    @Override
    public Mono<Void> remove(UUID id, long seq) {
        return rows.remove(id, seq).then();
    }

    @Override
    public Flux<Person> all(Collection<UUID> ids) {
        return ids.isEmpty() ? Flux.empty() : rows.find(in("_id", ids));
    }

    @Override
    public Flux<UUID> ids() {
        return rows.ids();
    }

    @Override
    public void afterWrite(Consumer<UUID> listener) {
        rows.afterWrite(listener);
    }
}
