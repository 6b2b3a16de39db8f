package dev.cadenza.launcher.infra;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * A database whose queries use its indexes, and whose documents and keys are written in a form that is cheap to read. The
 * original looks at every document unless a query is about the fields of one unique index and nothing else, and writes
 * Java objects. What the original wrote can be read.
 */
final class IndexedDatabase extends H2Database {

    private final MVStore store;

    IndexedDatabase(String name, MVStore store, CursorRegistry cursors) {
        // the constructor of the original opens what is there
        this.store = store;
        super(name, store, cursors);
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
        String full = getFullCollectionNamespace(name);
        MVMap<Object, Document> documents = store.openMap(
                "databases." + full, new MVMap.Builder<Object, Document>().valueType(new StoredDocuments()));
        return new IndexedCollection(this, name, options, documents, store.openMap("meta." + full), cursorRegistry);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        MVMap<byte[], Object> positions = store.openMap(
                getFullCollectionNamespace(collection) + "._index_" + name,
                new MVMap.Builder<byte[], Object>().keyType(new StoredKeys()));
        return new UniqueIndex(positions, name, keys, sparse);
    }

    @Override
    protected Index<Object> openOrCreateSecondaryIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        return new FieldIndex(name, keys);
    }
}
