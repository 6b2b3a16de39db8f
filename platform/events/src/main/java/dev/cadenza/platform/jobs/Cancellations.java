package dev.cadenza.platform.jobs;

import dev.cadenza.contracts.jobs.v1.JobCancelled;
import dev.cadenza.platform.events.ReceivedEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every cancellation that the control topic holds, read from its beginning by each worker for itself. */
final class Cancellations implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Cancellations.class);
    /** Far more than the jobs that can be with the workers. */
    private static final int REMEMBERED = 100_000;

    private final Map<String, Object> properties;
    private final String topic;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Map<UUID, Integer> releases = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private volatile boolean stopped;

    Cancellations(Map<String, Object> properties, String topic) {
        this.properties = properties;
        this.topic = topic;
    }

    /** Whether this release of the job was called off. */
    synchronized boolean cover(UUID jobId, int release) {
        return releases.getOrDefault(jobId, 0) >= release;
    }

    private synchronized void add(JobCancelled cancelled) {
        // at the end again: the newest are remembered longest
        Integer known = releases.remove(cancelled.jobId());
        releases.put(cancelled.jobId(), Math.max(cancelled.release(), known == null ? 0 : known));
    }

    /** Waits until all that was on the topic at the start is known. */
    boolean awaitCaughtUp(Duration longest) throws InterruptedException {
        return caughtUp.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            try (KafkaConsumer<String, byte[]> consumer = open()) {
                read(consumer);
            } catch (WakeupException e) {
                LOG.debug("told to look up");
            } catch (RuntimeException e) {
                LOG.warn("cancellations cannot be read, will be tried again: {}", e.toString());
                pause();
            }
        }
    }

    private KafkaConsumer<String, byte[]> open() {
        Map<String, Object> own = new java.util.HashMap<>(properties);
        own.remove(ConsumerConfig.GROUP_ID_CONFIG);
        own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(own, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private void read(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!stopped) {
            for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(250))) {
                take(message);
            }
            if (caughtUp.getCount() > 0
                    && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                caughtUp.countDown();
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        try {
            ReceivedEvent event = ReceivedEvent.read(topic, message.key(), message.value(), null);
            if (event.type().equals(JobMessages.CANCELLED)) {
                add(event.dataAs(JobCancelled.class));
            }
        } catch (RuntimeException e) {
            LOG.warn("unreadable cancellation at {}-{}@{}", topic, message.partition(), message.offset(), e);
        }
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}
