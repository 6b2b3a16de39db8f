package dev.cadenza.catalog.search.persistence;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.model.Aggregates;
import dev.cadenza.catalog.search.People;
import dev.cadenza.platform.events.ProjectionCollection;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** People as rows. */
@Component
final class MongoPeople implements People {

    private final ProjectionCollection<Person> rows;
    private final List<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();

    MongoPeople(dev.cadenza.platform.events.Aggregates aggregates) {
        this.rows = aggregates.projection("user_copy", Person.class, List.of());
    }

    @Override
    public Mono<Void> put(Person person, long seq) {
        return rows.apply(person.id(), seq, person)
                .doOnSuccess(done -> tell(person.id()))
                .then();
    }

    @Override
    public Mono<Void> remove(UUID id, long seq) {
        return rows.remove(id, seq).doOnSuccess(done -> tell(id)).then();
    }

    @Override
    public Flux<Person> all(Collection<UUID> ids) {
        return ids.isEmpty() ? Flux.empty() : rows.find(in("_id", ids));
    }

    @Override
    public Flux<UUID> ids() {
        return rows.aggregate(List.of(Aggregates.project(include("_id")))).map(row -> row.get("_id", UUID.class));
    }

    @Override
    public void afterWrite(Consumer<UUID> listener) {
        listeners.add(listener);
    }

    private void tell(UUID id) {
        listeners.forEach(listener -> listener.accept(id));
    }
}
