package dev.cadenza.platform.testing;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;

/**
 * A MongoDB wire server in memory. Knows no transactions, change streams, pipeline updates or TTL deletion, and ignores
 * indexes that are not unique.
 */
public final class TestMongo {

    private static final class Started {
        static final MongoServer SERVER = new MongoServer(new MemoryBackend());
        static final InetSocketAddress ADDRESS = SERVER.bind();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::shutdownNow, "test-mongo-stop"));
        }
    }

    private TestMongo() {}

    /** Connection string of a database; starts the server where it does not run yet. */
    public static String uri(String database) {
        return "mongodb://127.0.0.1:" + Started.ADDRESS.getPort() + "/" + database;
    }
}
