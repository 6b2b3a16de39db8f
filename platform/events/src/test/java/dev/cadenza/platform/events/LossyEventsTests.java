package dev.cadenza.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.core.Ids;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LossyEventsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LossyEvents events = new LossyEvents(Senders.through(producer), 2, meters, Clock.systemUTC());

    record Refused(int status) {}

    private void offer(UUID key, int status) {
        events.offer(key, new EventMessage("gateway.access.denied", 1, new Refused(status), "gateway.access.v1"));
    }

    private double dropped() {
        return meters.counter("events.dropped", "topic", "gateway.access.v1").count();
    }

    @Test
    void dropsAndCountsWhatTheBrokerDoesNotTake() {
        UUID key = Ids.next();
        events.start();
        try {
            offer(key, 401);
            await().atMost(PATIENCE).until(() -> producer.history().size() == 1);
            offer(key, 402);
            offer(key, 403);
            offer(key, 404);
            assertThat(dropped()).isEqualTo(1);

            producer.completeNext();
            await().atMost(PATIENCE).until(() -> producer.history().size() == 3);
            producer.errorNext(new IllegalStateException("away"));
            producer.completeNext();
            await().atMost(PATIENCE).until(() -> dropped() == 2);
            offer(key, 429);
            await().atMost(PATIENCE).until(() -> producer.history().size() == 4);

            assertThat(producer.history()).allMatch(record -> record.key().equals(key.toString()));
            JsonNode last =
                    EventJson.MAPPER.readTree(producer.history().getLast().value());
            assertThat(last.get("type").asString()).isEqualTo("gateway.access.denied");
            assertThat(last.get("data").get("status").asInt()).isEqualTo(429);
            assertThat(producer.history())
                    .extracting(record ->
                            EventJson.MAPPER.readTree(record.value()).get("seq").asLong())
                    .isSorted()
                    .doesNotHaveDuplicates();
        } finally {
            events.stop();
        }
    }
}
