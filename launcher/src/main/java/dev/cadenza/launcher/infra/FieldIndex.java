package dev.cadenza.launcher.infra;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which documents have which value in the first field of an index that is not unique. In memory: made anew from the
 * documents whenever the collection is opened.
 */
final class FieldIndex extends Index<Object> {

    /** Demands that no document without the field meets. */
    private static final Set<String> RANGES = Set.of("$lt", "$lte", "$gt", "$gte");

    private static final Object OTHER = new Object();
    /** From here on it is no slower to look at all documents than at all that have the field. */
    private static final int MANY = 1_000;

    private final String field;
    private final Map<Object, Set<Object>> positions = new HashMap<>();
    private int entries;

    FieldIndex(String name, List<IndexKey> keys) {
        // sparse: it need not know every document
        super(name, keys, true);
        this.field = keys.getFirst().getKey();
    }

    /** Where all documents are that can meet the demands, and perhaps more; null: anywhere. */
    synchronized @Nullable Collection<Object> candidates(Document demands) {
        Object demand = demands.get(field);
        if (demand instanceof Document operators) {
            return candidatesOf(operators);
        }
        return comparable(demand) ? List.copyOf(at(key(demand))) : null;
    }

    private @Nullable Collection<Object> candidatesOf(Document operators) {
        Object equal = operators.get("$eq");
        if (comparable(equal)) {
            return List.copyOf(at(key(equal)));
        }
        if (operators.get("$in") instanceof Collection<?> several
                && several.stream().allMatch(FieldIndex::comparable)) {
            Set<Object> found = new LinkedHashSet<>();
            several.forEach(one -> found.addAll(at(key(one))));
            return found;
        }
        boolean there = Boolean.TRUE.equals(operators.get("$exists"))
                || RANGES.stream().anyMatch(range -> comparable(operators.get(range)));
        return there ? all() : null;
    }

    private Set<Object> at(Object key) {
        return positions.getOrDefault(key, Set.of());
    }

    private @Nullable Collection<Object> all() {
        if (entries > MANY) {
            return null;
        }
        Set<Object> all = new LinkedHashSet<>();
        positions.values().forEach(all::addAll);
        return all;
    }

    private static boolean comparable(@Nullable Object value) {
        return value instanceof UUID
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Instant
                || value instanceof ObjectId;
    }

    private static Object key(@Nullable Object value) {
        if (value instanceof Number number) {
            // plus zero, since there are two zeros
            return number.doubleValue() + 0.0;
        }
        return value != null && comparable(value) ? value : OTHER;
    }

    /** Of a list also its elements. */
    private Set<Object> keys(Document document) {
        Object value = Utils.getSubdocumentValueCollectionAware(document, field);
        if (value instanceof Missing) {
            return Set.of();
        }
        Set<Object> keys = new LinkedHashSet<>(List.of(key(value)));
        if (value instanceof Collection<?> several) {
            several.forEach(one -> keys.add(key(one)));
        }
        return keys;
    }

    @Override
    public synchronized void add(Document document, Object position, MongoCollection<Object> collection) {
        for (Object key : keys(document)) {
            if (positions.computeIfAbsent(key, any -> new LinkedHashSet<>()).add(position)) {
                entries++;
            }
        }
    }

    @Override
    public synchronized @Nullable Object remove(Document document) {
        for (Object key : keys(document)) {
            positions.computeIfPresent(key, (any, there) -> {
                if (there.remove(document.get("_id"))) {
                    entries--;
                }
                return there.isEmpty() ? null : there;
            });
        }
        // other indexes know where it was
        return null;
    }

    @Override
    public synchronized void updateInPlace(
            Document before, Document after, Object position, MongoCollection<Object> collection) {
        if (!keys(before).equals(keys(after))) {
            remove(before);
            add(after, position, collection);
        }
    }

    @Override
    public @Nullable Object getPosition(Document document) {
        return null;
    }

    @Override
    public boolean canHandle(Document query) {
        return false;
    }

    @Override
    public Iterable<Object> getPositions(Document query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        // anything may be added
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
        // likewise
    }

    @Override
    public synchronized long getCount() {
        return entries;
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public void drop() {
        // nothing is on the disk
    }
}
