package dev.cadenza.platform.events;

import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import reactor.core.scheduler.Schedulers;

/** Senders for tests that decide themselves when the broker answers. */
public final class Senders {

    private Senders() {}

    /** Sends on the caller's thread, through {@code producer}. */
    public static EventSender through(Producer<String, byte[]> producer) {
        return new EventSender(
                new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(Map.of()) {
                    @Override
                    protected Producer<String, byte[]> createRawProducer(Map<String, Object> configs) {
                        return producer;
                    }
                }),
                Schedulers.immediate());
    }
}
