package dev.cadenza.catalog.search.lucene;

import dev.cadenza.catalog.search.IndexUpdates;
import dev.cadenza.catalog.search.Kind;
import dev.cadenza.catalog.search.SearchIndex;
import dev.cadenza.catalog.track.SearchText;
import dev.cadenza.catalog.track.TrackFilter;
import dev.cadenza.catalog.track.TrackIndex;
import dev.cadenza.catalog.track.TrackOrder;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.FeatureField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Searches the index. Words are the beginnings of words; mistakes are forgiven only where nothing has the words as they
 * are written, so that a right word never finds others.
 */
@Component
final class LuceneSearch implements TrackIndex, SearchIndex, AutoCloseable {

    private static final int MOST_WAITING = 1_000;
    /** So many are counted along the way; of more, those are not looked at that cannot be among the first. */
    private static final int COUNTED = 1_000;
    /** How much it counts that a name is the whole query. */
    private static final float SAME_NAME = 4;
    /** How much popularity can count, less than the place of a word; half of it counts at that many plays and likes. */
    private static final float POPULAR = 1.5f;

    private static final float HALF_POPULAR = 100;

    private final LuceneIndex index;
    private final IndexUpdates updates;
    private final Scheduler threads =
            Schedulers.newBoundedElastic(Runtime.getRuntime().availableProcessors(), MOST_WAITING, "search", 60, true);

    LuceneSearch(LuceneIndex index, IndexUpdates updates) {
        this.index = index;
        this.updates = updates;
    }

    @Override
    public Mono<Page<UUID>> find(TrackFilter filter, TrackOrder order, Paging paging) {
        return answer(searcher -> {
            Page<UUID> found = tracks(searcher, filter, order, paging, false);
            return found.total() == 0 && (filter.text() != null || filter.title() != null)
                    ? tracks(searcher, filter, order, paging, true)
                    : found;
        });
    }

    @Override
    public Mono<Page<UUID>> find(Kind kind, String text, @Nullable UUID viewer, Paging paging) {
        return answer(searcher -> {
            Page<UUID> found =
                    search(searcher, scored(kind, text, viewer, false).build(), SortOrders.BEST, paging);
            return found.total() == 0
                    ? search(searcher, scored(kind, text, viewer, true).build(), SortOrders.BEST, paging)
                    : found;
        });
    }

    @Override
    public Mono<Page<UUID>> artists(Paging paging) {
        return answer(searcher -> {
            Set<BytesRef> owners = new HashSet<>();
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                SortedDocValues values = DocValues.getSorted(leaf.reader(), Fields.ARTIST_ID);
                Bits alive = leaf.reader().getLiveDocs();
                boolean[] seen = new boolean[values.getValueCount()];
                for (int document = values.nextDoc();
                        document != SortedDocValues.NO_MORE_DOCS;
                        document = values.nextDoc()) {
                    if (alive == null || alive.get(document)) {
                        seen[values.ordValue()] = true;
                    }
                }
                for (int owner = 0; owner < seen.length; owner++) {
                    if (seen[owner]) {
                        owners.add(new BytesRef(
                                Fields.only(Kind.USERS, values.lookupOrd(owner).utf8ToString())));
                    }
                }
            }
            return search(searcher, new TermInSetQuery(Fields.KEY, owners), SortOrders.NEWEST, paging);
        });
    }

    private Page<UUID> tracks(
            IndexSearcher searcher, TrackFilter filter, TrackOrder order, Paging paging, boolean forgiving)
            throws IOException {
        String text = words(filter.text());
        String title = words(filter.title());
        String name = text == null ? title : text;
        boolean best = order.field() == TrackOrder.Field.RELEVANCE && name != null;
        Occur counted = best ? Occur.MUST : Occur.FILTER;
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        query.add(seenBy(Kind.TRACKS, filter.viewer()), Occur.FILTER);
        if (text != null) {
            query.add(Words.allOf(text, forgiving), counted);
        }
        if (title != null) {
            query.add(Words.allInTitle(title, forgiving), counted);
        }
        if (best && name != null) {
            raise(query, name);
        }
        filters(filter).forEach(one -> query.add(one, Occur.FILTER));
        return search(searcher, query.build(), best ? SortOrders.BEST : SortOrders.of(order), paging);
    }

    /** Null where the text restricts nothing. */
    private static @Nullable String words(@Nullable String text) {
        return text == null || SearchText.words(text).isEmpty() ? null : text;
    }

    private static List<Query> filters(TrackFilter filter) {
        List<Query> all = new ArrayList<>();
        equal(all, Fields.OWNER, filter.ownerId(), UUID::toString);
        equal(all, Fields.GENRE, filter.genre(), SearchText::folded);
        equal(all, Fields.MOOD, filter.mood(), SearchText::folded);
        filter.tags().forEach(tag -> equal(all, Fields.TAG, tag, SearchText::folded));
        equal(all, Fields.PUBLIC, filter.isPublic(), String::valueOf);
        equal(all, Fields.FORMAT, filter.format(), Function.identity());
        Double least = filter.minSeconds();
        Double most = filter.maxSeconds();
        if (least != null || most != null) {
            all.add(DoubleField.newRangeQuery(
                    Fields.SECONDS,
                    least == null ? Double.NEGATIVE_INFINITY : least,
                    most == null ? Double.POSITIVE_INFINITY : most));
        }
        Instant from = filter.from();
        Instant to = filter.to();
        if (from != null || to != null) {
            all.add(LongField.newRangeQuery(
                    Fields.CREATED,
                    from == null ? Long.MIN_VALUE : ceiling(from),
                    to == null ? Long.MAX_VALUE : floor(to)));
        }
        return all;
    }

    /** Times beyond what a number of milliseconds can say are as good as none. */
    private static long floor(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) {
            return time.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    private static long ceiling(Instant time) {
        long floor = floor(time);
        return time.getNano() % 1_000_000 == 0 || floor == Long.MAX_VALUE ? floor : floor + 1;
    }

    private static <T> void equal(List<Query> all, String field, @Nullable T value, Function<T, String> text) {
        if (value != null) {
            all.add(new TermQuery(new Term(field, text.apply(value))));
        }
    }

    private static BooleanQuery.Builder scored(Kind kind, String text, @Nullable UUID viewer, boolean forgiving) {
        BooleanQuery.Builder query = new BooleanQuery.Builder()
                .add(seenBy(kind, viewer), Occur.FILTER)
                .add(Words.allOf(text, forgiving), Occur.MUST);
        raise(query, text);
        return query;
    }

    private static void raise(BooleanQuery.Builder query, String text) {
        query.add(
                new BoostQuery(
                        new ConstantScoreQuery(new TermQuery(new Term(Fields.NAME, SearchText.folded(text)))),
                        SAME_NAME),
                Occur.SHOULD);
        query.add(
                FeatureField.newSaturationQuery(Fields.FEATURES, Fields.POPULARITY, POPULAR, HALF_POPULAR),
                Occur.SHOULD);
    }

    private static Query seenBy(Kind kind, @Nullable UUID viewer) {
        return viewer == null
                ? new TermQuery(new Term(Fields.SEEN_BY, Fields.everybody(kind)))
                : new TermInSetQuery(
                        Fields.SEEN_BY,
                        List.of(new BytesRef(Fields.everybody(kind)), new BytesRef(Fields.only(kind, viewer))));
    }

    private static Page<UUID> search(IndexSearcher searcher, Query query, Sort sort, Paging paging) throws IOException {
        int first = (int) Math.min(paging.offset(), searcher.getIndexReader().maxDoc());
        TopFieldCollectorManager all = new TopFieldCollectorManager(sort, first + paging.limit(), COUNTED);
        TopDocs found = searcher.search(query, new CollectorManager<TopFieldCollector, TopDocs>() {
            @Override
            public TopFieldCollector newCollector() {
                return all.newCollector();
            }

            @Override
            public TopDocs reduce(Collection<TopFieldCollector> only) {
                // the pages before this one need not be put in order
                return only.iterator().next().topDocs(first, paging.limit());
            }
        });
        int total = found.totalHits.relation() == TotalHits.Relation.EQUAL_TO
                ? (int) found.totalHits.value()
                : searcher.count(query);
        List<UUID> ids = Arrays.stream(found.scoreDocs).map(SortOrders::id).toList();
        return new Page<>(ids, total, paging);
    }

    private <T> Mono<T> answer(LuceneIndex.Question<T> question) {
        return updates.settled()
                .then(Mono.fromCallable(() -> index.ask(question)).subscribeOn(threads))
                .onErrorMap(
                        RejectedExecutionException.class,
                        e -> Failure.unavailable(
                                "search.busy", "Too many searches at this moment. Try again soon.", 1));
    }

    @Override
    public void close() {
        threads.dispose();
    }
}
