package dev.cadenza.launcher.infra;

import de.bwaldvogel.mongo.MongoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A server that speaks MongoDB's wire protocol and keeps its data in one file. */
final class MongoWireServer implements StandIn {

    private final Path data;
    private final int port;
    private @Nullable MongoServer server;

    MongoWireServer(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    @Override
    public String name() {
        return "mongodb";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() throws Exception {
        Files.createDirectories(data);
        MongoServer starting = new MongoServer(new DurableH2Backend(data.resolve("store.mv")));
        starting.bind(InfrastructureSettings.LOOPBACK, port);
        server = starting;
    }

    @Override
    public void stop() {
        MongoServer running = server;
        if (running != null) {
            running.shutdownNow();
        }
    }
}
