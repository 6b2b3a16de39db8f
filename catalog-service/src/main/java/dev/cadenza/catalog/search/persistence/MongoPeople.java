package dev.cadenza.catalog.search.persistence;

import static com.mongodb.client.model.Sorts.ascending;

import dev.cadenza.catalog.search.People;
import dev.cadenza.catalog.track.SearchText;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.platform.events.ProjectionCollection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** People as rows with their folded name. */
@Component
final class MongoPeople implements People {

    record Row(Person person, String text) {}

    private final ProjectionCollection<Row> rows;

    MongoPeople(Aggregates aggregates) {
        this.rows = aggregates.projection("user_copy", Row.class, List.of(IndexSpec.on("state.text")));
    }

    @Override
    public Mono<Void> put(Person person, long seq) {
        return rows.apply(person.id(), seq, new Row(person, SearchText.folded(person.username())))
                .then();
    }

    @Override
    public Mono<Void> remove(UUID id, long seq) {
        return rows.remove(id, seq).then();
    }

    @Override
    public Mono<Page<Person>> find(String text, Paging paging) {
        return rows.page(Words.allIn("state.text", text), ascending("state.text", "_id"), paging)
                .map(page -> page.map(Row::person));
    }
}
