package dev.cadenza.launcher.infra;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.Collections;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** A collection that looks only at those documents which an index names for a part of the query. */
final class IndexedCollection extends H2Collection {

    private static final String ID = "_id";

    IndexedCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> meta,
            CursorRegistry cursors) {
        super(database, name, options, documents, meta, cursors);
    }

    /**
     * For aggregations, one document after the other: the original makes a list of all of them first, which does not fit into
     * memory where there are many. No commit happens meanwhile, see {@link DurableH2Backend}.
     */
    @Override
    public Stream<Document> queryAllAsStream() {
        return streamAllDocumentsWithPosition().map(DocumentWithPosition::getDocument);
    }

    // the original lets it see what is only half written
    @Override
    public synchronized int count(Document query, int skip, int limit) {
        return super.count(query, skip, limit);
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, Document order, int skip, int limit, int batch, Document projection) {
        Document demands = new Document();
        collect(query, demands);
        Collection<Object> found = candidates(demands);
        return found == null
                ? super.queryDocuments(query, order, skip, limit, batch, projection)
                // which are compared with the whole query
                : matchDocuments(query, found, order, skip, limit, batch, projection);
    }

    /** What has to hold of single fields, also within {@code $and}; of a field that is named twice, one demand. */
    private static void collect(Document query, Document demands) {
        query.forEach((field, demand) -> {
            if (field.equals("$and")) {
                ((Collection<?>) demand).forEach(part -> collect((Document) part, demands));
            } else if (!field.startsWith("$")) {
                demands.putIfAbsent(field, demand);
            }
        });
    }

    /** Where all documents are that can match, and perhaps more; null: anywhere. */
    private @Nullable Collection<Object> candidates(Document demands) {
        Collection<?> ids = ids(demands.get(ID));
        if (ids != null) {
            return ids.stream()
                    .distinct()
                    .filter(this::isThere)
                    .<Object>map(id -> id)
                    .toList();
        }
        Collection<Object> fewest = null;
        for (Index<Object> index : getIndexes()) {
            Collection<Object> found = positions(index, demands);
            if (found != null && (fewest == null || found.size() < fewest.size())) {
                fewest = found;
            }
        }
        return fewest;
    }

    private static @Nullable Collection<Object> positions(Index<Object> index, Document demands) {
        if (index instanceof FieldIndex one) {
            return one.candidates(demands);
        }
        Document part = new Document();
        index.getKeys().forEach(key -> {
            if (demands.containsKey(key.getKey())) {
                part.put(key.getKey(), demands.get(key.getKey()));
            }
        });
        if (part.size() < index.getKeys().size() || !index.canHandle(part)) {
            return null;
        }
        return Stream.of(index.getPositions(part))
                .<Object>mapMulti(Iterable::forEach)
                .toList();
    }

    /** Documents lie under their ids. Null where it does not say which these are, or they may be written differently. */
    private static @Nullable Collection<?> ids(@Nullable Object demand) {
        Collection<?> ids =
                demand instanceof Document operators && operators.get("$in") instanceof Collection<?> several
                        ? several
                        : Collections.singletonList(demand);
        return ids.stream().allMatch(id -> id instanceof UUID || id instanceof String) ? ids : null;
    }

    private boolean isThere(Object id) {
        return getDocument(id) != null;
    }
}
