package dev.cadenza.launcher.infra;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.Channel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;

/**
 * The MongoDB stand-in's store on disk, with every write on disk before its answer leaves: the original commits in
 * the background and loses acknowledged writes when its process is killed.
 *
 * <p>A document and its unique index entries live in different maps of the store. So a commit waits until no write
 * is half done; otherwise a kill could leave an index entry without its document, and that key blocked for ever.
 */
final class DurableH2Backend extends H2Backend {

    private static final Set<String> WRITES = Set.of(
            "insert",
            "update",
            "delete",
            "findandmodify",
            "aggregate",
            "create",
            "createindexes",
            "drop",
            "dropdatabase",
            "dropindexes",
            "deleteindexes",
            "renamecollection");

    /** Of pages that were read, in MB. */
    private static final int CACHE = 64;

    /** Writes share it, a commit has it alone. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    DurableH2Backend(Path file) {
        super(open(file));
    }

    private static MVStore open(Path file) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .cacheSize(CACHE)
                .open();
        // space of replaced pages is free at once: there are no readers of old versions after a restart
        store.setRetentionTime(0);
        store.setVersionsToKeep(0);
        return store;
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new IndexedDatabase(name, getMvStore(), getCursorRegistry());
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        return durably(message.getDocument().keySet().iterator().next(), () -> super.handleMessage(message));
    }

    @Override
    public Document handleCommand(Channel channel, String databaseName, String command, Document query) {
        return durably(command, () -> super.handleCommand(channel, databaseName, command, query));
    }

    private Document durably(String command, Supplier<Document> work) {
        // a message may be carried out as a command: then the outer call commits
        if (lock.getReadHoldCount() > 0 || !WRITES.contains(command.toLowerCase(Locale.ROOT))) {
            return work.get();
        }
        try {
            lock.readLock().lock();
            try {
                return work.get();
            } finally {
                lock.readLock().unlock();
            }
        } finally {
            // also after a failed command: an ordered batch keeps what it did before its error
            commit();
        }
    }

    @Override
    public void commit() {
        lock.writeLock().lock();
        try {
            MVStore store = getMvStore();
            // often already done, by a write that ended at the same moment
            if (!store.isClosed() && store.hasUnsavedChanges()) {
                store.commit();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
