package dev.cadenza.platform.events;

import dev.cadenza.contracts.EventEnvelope;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

/**
 * Puts envelopes on topics. Only the relay and the job queue send this way: what belongs to a stored change goes through
 * its outbox.
 */
public final class EventSender {

    private final ProducerFactory<String, byte[]> producers;
    private final Scheduler scheduler;

    /**
     * Sends with the producer of {@code producers}.
     *
     * @param scheduler bounded; waits where the broker's metadata is not known
     */
    EventSender(ProducerFactory<String, byte[]> producers, Scheduler scheduler) {
        this.producers = producers;
        this.scheduler = scheduler;
    }

    /** Completes when all replicas have the event; the data is written as JSON with the names of its record. */
    public Mono<Void> send(String topic, UUID key, EventEnvelope<?> envelope, @Nullable String requestId) {
        return Mono.<Void>create(sink -> {
                    ProducerRecord<String, byte[]> message =
                            new ProducerRecord<>(topic, key.toString(), EventJson.MAPPER.writeValueAsBytes(envelope));
                    if (requestId != null) {
                        message.headers().add(Tracing.REQUEST_ID, requestId.getBytes(StandardCharsets.UTF_8));
                    }
                    var unused = producers.createProducer().send(message, (metadata, error) -> {
                        if (error == null) {
                            sink.success();
                        } else {
                            sink.error(error);
                        }
                    });
                })
                .subscribeOn(scheduler);
    }

    Mono<Void> send(UUID key, Outbox.Entry entry) {
        return Mono.defer(() -> {
            JsonNode data = EventJson.MAPPER.readTree(entry.data());
            return send(
                    entry.topic(),
                    key,
                    new EventEnvelope<>(
                            entry.eventId(),
                            entry.seq(),
                            entry.type(),
                            entry.v(),
                            entry.at(),
                            entry.traceparent(),
                            data),
                    entry.requestId());
        });
    }
}
