package dev.cadenza.platform.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.common.ShareVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** One Kafka broker (KRaft, with share groups) in this JVM. Topics are not created by use. */
public final class TestKafka {

    private static @Nullable TestKafka instance;

    private final int port;
    private final KafkaConfig config;
    private @Nullable KafkaRaftServer server;

    private TestKafka() {
        try {
            Path data = Files.createTempDirectory("test-kafka");
            this.port = freePort();
            this.config = new KafkaConfig(properties(port, freePort(), data), false);
            format(data);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndDelete(data), "test-kafka-stop"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run();
    }

    /** Address of the broker; starts it where it was never started, and not again after {@link #stop()}. */
    public static String bootstrapServers() {
        return "127.0.0.1:" + instance().port;
    }

    /** Stops the broker and keeps its data. Whoever stops it starts it again. */
    public static void stop() {
        instance().halt();
    }

    /** Starts the broker again, with the same port and data; nothing where it runs. */
    public static void start() {
        instance().run();
    }

    private static synchronized TestKafka instance() {
        TestKafka kafka = instance;
        if (kafka == null) {
            kafka = new TestKafka();
            instance = kafka;
        }
        return kafka;
    }

    private synchronized void run() {
        if (server == null) {
            KafkaRaftServer started = new KafkaRaftServer(config, Time.SYSTEM);
            started.startup();
            server = started;
        }
    }

    private synchronized void halt() {
        KafkaRaftServer running = server;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
            server = null;
        }
    }

    private void stopAndDelete(Path data) {
        halt();
        try {
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            // a temporary folder; nothing depends on it
        }
    }

    private static Map<String, Object> properties(int port, int controllerPort, Path data) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("node.id", "1");
        properties.put("process.roles", "broker,controller");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", data.toString());
        properties.put("num.partitions", "3");
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        // let tests shorten the lock of a share group and the session of a consumer group
        properties.put("group.share.min.record.lock.duration.ms", "1000");
        // a new worker is told its share of the work with a heartbeat
        properties.put("group.share.min.heartbeat.interval.ms", "250");
        properties.put("group.share.heartbeat.interval.ms", "250");
        properties.put("group.min.session.timeout.ms", "1000");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        properties.put("log.segment.delete.delay.ms", "0");
        return properties;
    }

    private static void format(Path data) {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setFeatureLevel(ShareVersion.FEATURE_NAME, ShareVersion.LATEST_PRODUCTION.featureLevel())
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("cannot format " + data, e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
