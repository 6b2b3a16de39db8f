package dev.cadenza.platform.events;

import dev.cadenza.contracts.EventEnvelope;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaProducerException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

/**
 * Puts envelopes on topics. Only the relay and the job queue send this way: what belongs to a stored change goes through
 * its outbox.
 */
public final class EventSender {

    private final KafkaOperations<String, byte[]> kafka;
    private final Scheduler scheduler;

    /**
     * Sends through {@code kafka}.
     *
     * @param scheduler bounded; waits where the broker's metadata is not known
     */
    EventSender(KafkaOperations<String, byte[]> kafka, Scheduler scheduler) {
        this.kafka = kafka;
        this.scheduler = scheduler;
    }

    /** Completes when all replicas have the event; the data is written as JSON with the names of its record. */
    public Mono<Void> send(String topic, UUID key, EventEnvelope<?> envelope, @Nullable String requestId) {
        return Mono.defer(() -> {
                    // by way of text: half a surrogate pair, which users can send, is no error there
                    byte[] value = EventJson.MAPPER.writeValueAsString(envelope).getBytes(StandardCharsets.UTF_8);
                    ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic, key.toString(), value);
                    if (requestId != null) {
                        message.headers().add(Tracing.REQUEST_ID, requestId.getBytes(StandardCharsets.UTF_8));
                    }
                    return Mono.fromFuture(kafka.send(message));
                })
                .onErrorMap(KafkaProducerException.class, error -> error.getCause() == null ? error : error.getCause())
                .subscribeOn(scheduler)
                .then();
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
                            entry.origin(),
                            data),
                    entry.requestId());
        });
    }
}
