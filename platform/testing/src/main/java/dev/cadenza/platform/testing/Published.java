package dev.cadenza.platform.testing;

import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.contracts.auth.v1.UserSnapshot;
import dev.cadenza.platform.core.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other services tell over Kafka, and what the tested one told. */
public final class Published {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Published() {}

    /** Puts an event on a topic, as its owner's relay would. */
    public static EventEnvelope<Object> event(String topic, UUID key, long seq, String type, Object data, Instant at) {
        EventEnvelope<Object> envelope = new EventEnvelope<>(Ids.next(), seq, type, 1, at, null, data);
        again(topic, key, envelope);
        return envelope;
    }

    /** What auth-service tells of an account; {@code change} as in {@code auth.user.deleted}. */
    public static void account(UUID id, String username, String change, long seq) {
        UserSnapshot account = new UserSnapshot(id, 1, username, true, List.of("user"), Instant.now());
        event("auth.user.v1", id, seq, "auth.user." + change, account, Instant.now());
    }

    /** Puts the same event there once more. */
    public static void again(String topic, UUID key, EventEnvelope<Object> envelope) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", TestKafka.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key.toString(), JSON.writeValueAsString(envelope)))
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything on a topic so far that is wanted. */
    public static List<JsonNode> on(String topic, Predicate<JsonNode> wanted) {
        Map<String, Object> properties = Map.of("bootstrap.servers", TestKafka.bootstrapServers());
        List<JsonNode> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    JsonNode event = JSON.readTree(record.value());
                    if (wanted.test(event)) {
                        found.add(event);
                    }
                });
            }
        }
        return found;
    }
}
