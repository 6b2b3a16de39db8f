package dev.cadenza.platform.events;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Creates the topics that are missing: those of this service's events, those that it listens to (so that no order of
 * starting is needed), their dead-letter topics, and every {@link NewTopic} bean. Topics that exist are left as they are.
 */
final class EventTopics implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EventTopics.class);

    /** What is wrong with a record is found out within this time, or never. */
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(90);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, Object> adminProperties;
    private final Supplier<Topics> topics;
    private final Scheduler scheduler;
    private Disposable work = Disposables.disposed();
    private volatile boolean running;

    EventTopics(Map<String, Object> adminProperties, Supplier<Topics> topics, Scheduler scheduler) {
        this.adminProperties = adminProperties;
        this.topics = topics;
        this.scheduler = scheduler;
    }

    /**
     * What shall exist.
     *
     * @param owned with the configuration that they shall have
     * @param others created where they are missing
     */
    record Topics(Collection<NewTopic> owned, Collection<NewTopic> others) {

        List<NewTopic> all() {
            return Stream.concat(owned.stream(), others.stream()).toList();
        }
    }

    /** The topics that outboxes and handlers need. */
    static Topics of(
            Collection<Outbox> outboxes,
            Collection<EventHandler> handlers,
            Collection<NewTopic> beans,
            EventSettings settings) {
        Map<String, NewTopic> owned = new LinkedHashMap<>();
        beans.forEach(bean -> owned.put(bean.name(), bean));
        for (Outbox outbox : outboxes) {
            if (!outbox.topic().isEmpty()) {
                owned.put(
                        outbox.topic(),
                        outbox.compacted()
                                ? aggregateTopic(outbox.topic(), settings)
                                : factTopic(outbox.topic(), settings));
            }
        }
        Map<String, NewTopic> others = new LinkedHashMap<>();
        for (EventHandler handler : handlers) {
            for (String name : handler.topics()) {
                // kept forever until its owner says otherwise: losing what it published would be worse
                others.put(name, topic(name, settings, Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1")));
                others.put(
                        deadLetters(name),
                        topic(
                                deadLetters(name),
                                settings,
                                Map.of(TopicConfig.RETENTION_MS_CONFIG, millis(DEAD_LETTER_RETENTION))));
            }
        }
        others.keySet().removeAll(owned.keySet());
        return new Topics(owned.values(), others.values());
    }

    static String deadLetters(String topic) {
        return topic + ".dlt";
    }

    static NewTopic factTopic(String name, EventSettings settings) {
        return topic(name, settings, Map.of(TopicConfig.RETENTION_MS_CONFIG, millis(settings.factRetention())));
    }

    private static NewTopic aggregateTopic(String name, EventSettings settings) {
        return topic(
                name,
                settings,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                        millis(settings.compactionLag())));
    }

    private static NewTopic topic(String name, EventSettings settings, Map<String, String> configs) {
        return new NewTopic(
                        name,
                        Optional.of(settings.partitions()),
                        settings.replicas() < 0 ? Optional.empty() : Optional.of(settings.replicas()))
                .configs(configs);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    @Override
    public void start() {
        running = true;
        work = Background.keepTrying("topics", create()).subscribe();
    }

    private Mono<Void> create() {
        return Mono.using(
                        () -> Admin.create(adminProperties),
                        admin -> createMissing(admin).then(configureOwned(admin)),
                        admin -> admin.close(Duration.ZERO))
                .subscribeOn(scheduler);
    }

    private Mono<Void> createMissing(Admin admin) {
        return Mono.defer(() -> all(
                admin.createTopics(topics.get().all(), new CreateTopicsOptions().timeoutMs((int) TIMEOUT.toMillis()))
                        .values()
                        .values()));
    }

    /** Where a consumer was first, the topic lacks what only its owner knows. */
    private Mono<Void> configureOwned(Admin admin) {
        return Mono.defer(() -> {
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new LinkedHashMap<>();
            for (NewTopic topic : topics.get().owned()) {
                Map<String, String> configs = topic.configs();
                if (configs != null && !configs.isEmpty()) {
                    changes.put(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                            configs.entrySet().stream()
                                    .map(entry -> new AlterConfigOp(
                                            new ConfigEntry(entry.getKey(), entry.getValue()),
                                            AlterConfigOp.OpType.SET))
                                    .toList());
                }
            }
            return all(admin.incrementalAlterConfigs(
                            changes, new AlterConfigsOptions().timeoutMs((int) TIMEOUT.toMillis()))
                    .values()
                    .values());
        });
    }

    private static Mono<Void> all(Collection<KafkaFuture<Void>> results) {
        return Flux.fromIterable(results)
                .flatMap(result -> Mono.fromCompletionStage(result.toCompletionStage())
                        .onErrorResume(TopicExistsException.class, error -> Mono.empty())
                        .onErrorResume(AuthorizationException.class, error -> {
                            // topics are made by somebody else here
                            LOG.warn("topics are left as they are: {}", error.toString());
                            return Mono.empty();
                        }))
                .then();
    }

    @Override
    public void stop() {
        running = false;
        work.dispose();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
