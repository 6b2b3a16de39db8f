package dev.cadenza.platform.events;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All events of some topics for this instance alone: no group, every partition, what is there and then what arrives, until it
 * is stopped. Bears a broker that is away, a topic that does not exist yet and partitions that are added. After a failure
 * it may read again what it has read.
 */
public final class TopicTail implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final Map<String, Object> properties;
    private final Set<String> topics;
    private final @Nullable Duration age;
    private final Clock clock;
    private final Consumer<ReceivedEvent> reader;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile @Nullable KafkaConsumer<String, byte[]> reading;

    /**
     * Reads nothing before it is run, on a thread of its own.
     *
     * @param properties of a consumer; its group is left out
     * @param age events older than this are left out; null reads from the beginning
     * @param reader is given one event after the other; what it throws is logged, and the event counts as read
     */
    public TopicTail(
            Map<String, Object> properties,
            Set<String> topics,
            @Nullable Duration age,
            Clock clock,
            Consumer<ReceivedEvent> reader) {
        this.properties = new HashMap<>(properties);
        this.properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        this.properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        this.topics = Set.copyOf(topics);
        this.age = age;
        this.clock = clock;
        this.reader = reader;
    }

    /** Waits until all that was on the topics at the start is read. */
    public boolean awaitCaughtUp(Duration longest) throws InterruptedException {
        return caughtUp.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until the broker has answered once. */
    boolean awaitReached(Duration longest) throws InterruptedException {
        return reached.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the reading soon. */
    public void stop() {
        stopped = true;
        KafkaConsumer<String, byte[]> consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            try (var consumer =
                    new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
                reading = consumer;
                read(consumer);
            } catch (WakeupException e) {
                LOG.debug("reading {} ends", topics);
            } catch (RuntimeException e) {
                LOG.warn("{} cannot be read, will be tried again: {}", topics, e.toString());
                pause();
            } finally {
                reading = null;
            }
        }
    }

    private void read(KafkaConsumer<String, byte[]> consumer) {
        Map<TopicPartition, Long> ends = new HashMap<>(adopt(consumer));
        long looked = System.nanoTime();
        while (!stopped) {
            if (caughtUp.getCount() > 0
                    && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                caughtUp.countDown();
            }
            if (consumer.assignment().isEmpty()) {
                pause();
            } else {
                consumer.poll(POLL).forEach(this::take);
            }
            if (System.nanoTime() - looked >= (consumer.assignment().isEmpty() ? 0 : LOOK_EVERY_NANOS)) {
                ends.putAll(adopt(consumer));
                looked = System.nanoTime();
            }
        }
    }

    /** Starts to read partitions that were not read so far, and says where they end now. */
    private Map<TopicPartition, Long> adopt(KafkaConsumer<String, byte[]> consumer) {
        Set<TopicPartition> known = Set.copyOf(consumer.assignment());
        Set<TopicPartition> fresh = new HashSet<>();
        topics.forEach(topic -> consumer.partitionsFor(topic)
                .forEach(info -> fresh.add(new TopicPartition(info.topic(), info.partition()))));
        fresh.removeAll(known);
        Map<TopicPartition, Long> ends = Map.of();
        if (!fresh.isEmpty()) {
            Set<TopicPartition> all = new HashSet<>(known);
            all.addAll(fresh);
            consumer.assign(all);
            // asked for first: what arrives between the two questions is read in any case
            ends = consumer.endOffsets(fresh);
            Map<TopicPartition, Long> starts =
                    known.isEmpty() ? starts(consumer, ends) : consumer.beginningOffsets(fresh);
            starts.forEach(consumer::seek);
        }
        reached.countDown();
        return ends;
    }

    private Map<TopicPartition, Long> starts(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        if (age == null) {
            return consumer.beginningOffsets(ends.keySet());
        }
        Map<TopicPartition, Long> since = new HashMap<>();
        ends.keySet()
                .forEach(partition ->
                        since.put(partition, clock.instant().minus(age).toEpochMilli()));
        Map<TopicPartition, Long> starts = new HashMap<>(ends);
        for (Map.Entry<TopicPartition, @Nullable OffsetAndTimestamp> found :
                consumer.offsetsForTimes(since).entrySet()) {
            OffsetAndTimestamp offset = found.getValue();
            if (offset != null) {
                starts.put(found.getKey(), offset.offset());
            }
        }
        return starts;
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        try {
            reader.accept(ReceivedEvent.read(message.topic(), message.key(), message.value(), null));
        } catch (RuntimeException e) {
            LOG.warn("unreadable: {}-{}@{}", message.topic(), message.partition(), message.offset(), e);
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}
