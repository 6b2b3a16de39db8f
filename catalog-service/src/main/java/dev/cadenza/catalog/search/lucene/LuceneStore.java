package dev.cadenza.catalog.search.lucene;

import dev.cadenza.catalog.search.Findable;
import dev.cadenza.catalog.search.IndexStore;
import dev.cadenza.catalog.search.Kind;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Writes the index. */
@Component
final class LuceneStore implements IndexStore, AutoCloseable {

    private final LuceneIndex index;
    private final Scheduler thread = Schedulers.newBoundedElastic(1, 1_000, "search-index", 60, true);

    private interface Work {
        void run(IndexWriter writer) throws Exception;
    }

    LuceneStore(LuceneIndex index) {
        this.index = index;
    }

    @Override
    public Mono<Void> write(Kind kind, Collection<UUID> ids, Collection<? extends Findable> present, long round) {
        return inTurn(writer -> {
            Map<UUID, Findable> byId = present.stream().collect(Collectors.toMap(Findable::id, Function.identity()));
            for (UUID id : ids) {
                String key = Fields.only(kind, id);
                Findable thing = byId.get(id);
                if (thing == null) {
                    writer.deleteDocuments(new Term(Fields.KEY, key));
                } else {
                    Document document = Documents.of(thing, round);
                    document.add(new StringField(Fields.KEY, key, Store.NO));
                    writer.updateDocument(new Term(Fields.KEY, key), document);
                }
            }
            index.refresh();
        });
    }

    @Override
    public Mono<Void> complete(long round) {
        return inTurn(writer -> {
            writer.deleteDocuments(new BooleanQuery.Builder()
                    .add(MatchAllDocsQuery.INSTANCE, Occur.MUST)
                    .add(LongField.newExactQuery(Fields.ROUND, round), Occur.MUST_NOT)
                    .build());
            index.refresh();
            index.completed();
        });
    }

    @Override
    public Mono<Void> save() {
        return inTurn(IndexWriter::commit);
    }

    @Override
    public boolean isComplete() {
        return index.isComplete();
    }

    private Mono<Void> inTurn(Work work) {
        return Mono.<Void>fromCallable(() -> {
                    work.run(index.writer());
                    return null;
                })
                .subscribeOn(thread);
    }

    @Override
    public void close() {
        thread.dispose();
    }
}
