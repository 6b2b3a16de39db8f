package dev.cadenza.platform.events;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Looks at a topic from outside. */
record TopicReader(String bootstrapServers) {

    /** A record as it is on the topic. */
    record Seen(
            @Nullable String key, String value, @Nullable String requestId) {

        JsonNode json() {
            return EventJson.MAPPER.readTree(value);
        }

        UUID eventId() {
            return UUID.fromString(json().get("eventId").asString());
        }

        long seq() {
            return json().get("seq").asLong();
        }

        String type() {
            return json().get("type").asString();
        }
    }

    /** Everything on the topic now; nothing where it does not exist. */
    List<Seen> all(String topic) {
        List<Seen> seen = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "allow.auto.create.topics", false),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, Duration.ofSeconds(10)).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> seen.add(seen(message)));
            }
        }
        return seen;
    }

    /** Everything about one aggregate. */
    List<Seen> about(String topic, UUID id) {
        return all(topic).stream()
                .filter(seen -> id.toString().equals(seen.key()))
                .toList();
    }

    void put(String topic, @Nullable String key, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    private static Seen seen(ConsumerRecord<String, String> message) {
        Header header = message.headers().lastHeader("requestId");
        return new Seen(
                message.key(),
                message.value(),
                header == null ? null : new String(header.value(), StandardCharsets.UTF_8));
    }
}
