package dev.cadenza.platform.testing;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/**
 * A MongoDB wire server in memory. Knows no transactions, change streams, pipeline updates or TTL deletion, and ignores
 * indexes that are not unique.
 */
public final class TestMongo {

    private static final class Started {
        static final MongoServer SERVER = new MongoServer(new SerialBackend());
        static final InetSocketAddress ADDRESS = SERVER.bind();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::shutdownNow, "test-mongo-stop"));
        }
    }

    /**
     * One command at a time, answered with copies. The original answers with its live documents, which the next command
     * changes while the answer is still being written, and loses writes to a collection that two commands create at once.
     */
    private static final class SerialBackend extends MemoryBackend {

        @Override
        public synchronized Document handleMessage(MongoMessage message) {
            return super.handleMessage(message).cloneDeeply();
        }

        @Override
        public synchronized Document handleCommand(
                Channel channel, String databaseName, String command, Document query) {
            return super.handleCommand(channel, databaseName, command, query).cloneDeeply();
        }
    }

    private TestMongo() {}

    /** Connection string of a database; starts the server where it does not run yet. */
    public static String uri(String database) {
        return "mongodb://127.0.0.1:" + Started.ADDRESS.getPort() + "/" + database;
    }
}
