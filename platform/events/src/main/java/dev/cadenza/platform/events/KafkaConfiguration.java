package dev.cadenza.platform.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Producer, consumers and topics of a service. Nothing here waits for the broker: a service starts, and answers, while
 * Kafka is down.
 */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@EnableConfigurationProperties({EventSettings.class, KafkaProperties.class})
public class KafkaConfiguration {

    /** For calls of the Kafka clients that may wait. */
    @Bean(destroyMethod = "dispose")
    Scheduler eventsScheduler() {
        return Schedulers.newBoundedElastic(16, 10_000, "events");
    }

    @Bean
    ProducerFactory<String, byte[]> eventProducers(KafkaProperties kafka, KafkaConnectionDetails connection) {
        Map<String, Object> properties = kafka.buildProducerProperties();
        connect(properties, connection.getProducer());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // shorter than half the relay's lease
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        return new DefaultKafkaProducerFactory<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    @Bean
    ConsumerFactory<String, byte[]> eventConsumerFactory(
            KafkaProperties kafka, KafkaConnectionDetails connection, ObjectProvider<MeterRegistry> metrics) {
        Map<String, Object> properties = kafka.buildConsumerProperties();
        connect(properties, connection.getConsumer());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // soon after a topic appears, and soon after a process was killed, its events go on
        properties.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 5_000);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        // few enough that all of them may time out before the group gives up on this consumer
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 20);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 600_000);
        var factory =
                new DefaultKafkaConsumerFactory<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        metrics.ifAvailable(registry -> factory.addListener(new MicrometerConsumerListener<>(registry)));
        return factory;
    }

    @Bean
    KafkaTemplate<String, byte[]> eventTemplate(ProducerFactory<String, byte[]> eventProducers) {
        KafkaTemplate<String, byte[]> template = new KafkaTemplate<>(eventProducers);
        // whoever sends says what failed, without the data of users
        template.setProducerListener(new ProducerListener<>() {});
        return template;
    }

    @Bean
    EventSender eventSender(KafkaTemplate<String, byte[]> eventTemplate, Scheduler eventsScheduler) {
        return new EventSender(eventTemplate, eventsScheduler);
    }

    @Bean
    LossyEvents lossyEvents(
            EventSender eventSender,
            EventSettings settings,
            ObjectProvider<MeterRegistry> metrics,
            ObjectProvider<Clock> clock) {
        return new LossyEvents(
                eventSender,
                settings.lossyBuffer(),
                metrics.getIfAvailable(SimpleMeterRegistry::new),
                clock.getIfAvailable(Clock::systemUTC));
    }

    /** Takes the place of Spring Boot's, which waits for the broker while the service starts. */
    @Bean
    KafkaAdmin kafkaAdmin(KafkaProperties kafka, KafkaConnectionDetails connection) {
        Map<String, Object> properties = kafka.buildAdminProperties();
        connect(properties, connection.getAdmin());
        KafkaAdmin admin = new KafkaAdmin(properties);
        admin.setAutoCreate(false);
        return admin;
    }

    @Bean
    EventTopics eventTopics(
            KafkaAdmin kafkaAdmin,
            ObjectProvider<Aggregates> aggregates,
            ObjectProvider<EventHandler> handlers,
            ObjectProvider<NewTopic> topics,
            EventSettings settings,
            Scheduler eventsScheduler) {
        return new EventTopics(
                kafkaAdmin.getConfigurationProperties(),
                () -> EventTopics.of(
                        aggregates.stream()
                                .flatMap(all -> all.outboxes().all().stream())
                                .toList(),
                        handlers.stream().toList(),
                        topics.stream().toList(),
                        settings),
                eventsScheduler);
    }

    @Bean
    EventConsumers eventConsumers(
            ObjectProvider<EventHandler> handlers,
            ConsumerFactory<String, byte[]> eventConsumerFactory,
            KafkaTemplate<String, byte[]> eventTemplate,
            EventSettings settings,
            Scheduler eventsScheduler) {
        return new EventConsumers(
                handlers.stream().toList(), eventConsumerFactory, eventTemplate, settings.consumer(), eventsScheduler);
    }

    private static void connect(Map<String, Object> properties, KafkaConnectionDetails.Configuration connection) {
        List<String> servers = connection.getBootstrapServers();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        if (connection.getSecurityProtocol() != null) {
            properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, connection.getSecurityProtocol());
        }
    }
}
