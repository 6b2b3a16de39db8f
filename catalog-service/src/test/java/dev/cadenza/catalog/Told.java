package dev.cadenza.catalog;

import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.testing.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was told on the topics. */
public final class Told {

    private Told() {}

    /** The messages about one aggregate; waits for as many. */
    public static List<JsonNode> messages(String topic, UUID key, int atLeast) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> read(topic).stream()
                                .filter(record -> key.toString().equals(record.key()))
                                .map(record -> JsonMapper.shared().readTree(record.value()))
                                .toList(),
                        found -> found.size() >= atLeast);
    }

    /** All there is on a topic. */
    public static List<ConsumerRecord<String, String>> read(String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
