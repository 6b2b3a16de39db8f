package dev.cadenza.launcher.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the stand-ins acknowledged is there after their process was killed while it was writing. */
@Timeout(300)
class InfrastructureKillIT {

    private static final int ENOUGH = 1_500;

    @TempDir
    Path data;

    @Test
    void keepsEveryAcknowledgedWriteOverAKill() throws Exception {
        InfrastructureSettings settings = new InfrastructureSettings(
                data.toRealPath(),
                MailPageTests.freePort(),
                MailPageTests.freePort(),
                MailPageTests.freePort(),
                MailPageTests.freePort(),
                "cadenza",
                "secret-of-this-test",
                "cadenza",
                MailPageTests.freePort(),
                MailPageTests.freePort());
        Set<String> documents = ConcurrentHashMap.newKeySet();
        Set<String> objects = ConcurrentHashMap.newKeySet();
        Set<String> records = ConcurrentHashMap.newKeySet();

        Process first = start(settings);
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            createTopic(settings);
            // each writes until its server is gone
            writers.execute(() -> writeDocuments(settings, documents, "a"));
            writers.execute(() -> writeDocuments(settings, documents, "b"));
            writers.execute(() -> writeObjects(settings, objects));
            writers.execute(() -> writeRecords(settings, records));
            try {
                await().atMost(Duration.ofSeconds(90))
                        .until(() -> documents.size() > ENOUGH && objects.size() > 20 && records.size() > 100);
            } finally {
                first.destroyForcibly().waitFor();
            }
        }

        Process second = start(settings);
        try {
            assertThat(readDocuments(settings)).containsAll(documents);
            assertThat(readObjects(settings, objects)).isEqualTo(objects);
            assertThat(readRecords(settings)).containsAll(records);
        } finally {
            second.destroy();
            second.waitFor();
        }
    }

    private static MongoCollection<Document> collection(MongoClient client) {
        return client.getDatabase("cadenza_kill").getCollection("things");
    }

    private static MongoClient mongo(InfrastructureSettings settings) {
        return MongoClients.create("mongodb://127.0.0.1:" + settings.mongoPort()
                + "/?serverSelectionTimeoutMS=3000&connectTimeoutMS=2000&retryWrites=false");
    }

    private static void writeDocuments(InfrastructureSettings settings, Set<String> acknowledged, String prefix) {
        try (MongoClient client = mongo(settings)) {
            MongoCollection<Document> things = collection(client);
            things.createIndex(Indexes.ascending("number"), new IndexOptions().unique(true));
            for (int i = 0; true; i++) {
                String id = prefix + i;
                things.insertOne(new Document("_id", id).append("number", id).append("rest", "x".repeat(300)));
                acknowledged.add(id);
            }
        } catch (RuntimeException e) {
            return; // the server was killed
        }
    }

    private static Set<String> readDocuments(InfrastructureSettings settings) {
        try (MongoClient client = mongo(settings)) {
            Set<String> found = new HashSet<>();
            MongoCollection<Document> things = collection(client);
            for (Document thing : things.find()) {
                found.add(thing.getString("_id"));
                // its unique index knows it, and knows nothing else
                assertThat(things.find(new Document("number", thing.getString("_id")))
                                .first())
                        .isEqualTo(thing);
            }
            for (String prefix : List.of("a", "b")) {
                // the write that was cut off can be done again
                String next = prefix
                        + found.stream().filter(id -> id.startsWith(prefix)).count();
                things.insertOne(new Document("_id", next).append("number", next));
            }
            return found;
        }
    }

    private static MinioClient s3(InfrastructureSettings settings) {
        return MinioClient.builder()
                .endpoint("http://127.0.0.1:" + settings.s3Port())
                .credentials(settings.s3AccessKey(), settings.s3SecretKey())
                .build();
    }

    private static void writeObjects(InfrastructureSettings settings, Set<String> acknowledged) {
        MinioClient client = s3(settings);
        for (int i = 0; true; i++) {
            byte[] content = content("object-" + i);
            try {
                client.putObject(PutObjectArgs.builder().bucket("cadenza").object("kill/object-" + i).stream(
                                new ByteArrayInputStream(content), (long) content.length, -1L)
                        .build());
            } catch (Exception e) {
                return;
            }
            acknowledged.add("object-" + i);
        }
    }

    private static Set<String> readObjects(InfrastructureSettings settings, Set<String> names) throws Exception {
        MinioClient client = s3(settings);
        Set<String> whole = new HashSet<>();
        for (String name : names) {
            try (var in = client.getObject(GetObjectArgs.builder()
                    .bucket("cadenza")
                    .object("kill/" + name)
                    .build())) {
                if (java.util.Arrays.equals(in.readAllBytes(), content(name))) {
                    whole.add(name);
                }
            }
        }
        return whole;
    }

    private static byte[] content(String name) {
        return (name + " ").repeat(2_000).getBytes(StandardCharsets.UTF_8);
    }

    private static void createTopic(InfrastructureSettings settings) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + settings.kafkaPort()))) {
            admin.createTopics(List.of(new NewTopic("kill", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void writeRecords(InfrastructureSettings settings, Set<String> acknowledged) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + settings.kafkaPort(),
                "acks",
                "all",
                "delivery.timeout.ms",
                "3000",
                "request.timeout.ms",
                "2000",
                "linger.ms",
                "0",
                "max.block.ms",
                "3000");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; true; i++) {
                producer.send(new ProducerRecord<>("kill", "r" + i)).get();
                acknowledged.add("r" + i);
            }
        } catch (Exception e) {
            return;
        }
    }

    private static Set<String> readRecords(InfrastructureSettings settings) {
        Set<String> found = new HashSet<>();
        Map<String, Object> properties = Map.of("bootstrap.servers", "127.0.0.1:" + settings.kafkaPort());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("kill", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.value()));
            }
        }
        return found;
    }

    private Process start(InfrastructureSettings settings) throws Exception {
        Path file = data.resolve("infrastructure.properties");
        StringWriter text = new StringWriter();
        settings.toProperties().store(text, null);
        Files.writeString(file, text.toString());
        File log = data.resolve("log").toFile();
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InfrastructureMain.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + settings.mailPort() + "/health"))
                .build();
        await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(() -> {
            assertThat(process.isAlive()).as(Files.readString(log.toPath())).isTrue();
            return client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        });
        return process;
    }
}
