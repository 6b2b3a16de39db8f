package dev.cadenza.platform.jobs;

import dev.cadenza.platform.events.EventSender;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Runs the jobs of a service: as many at a time as it has slots, each with a consumer of the share group of its own.
 * Needs no database. When told to stop it ends its engines and gives their jobs to other workers.
 */
final class JobWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(10);
    /** Given to the last words of slots that were told to stop. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    /** Settings of consumers that a share consumer refuses to know. */
    private static final Set<String> NOT_FOR_SHARE_GROUPS = Set.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG);

    /** What the slots of one worker share. */
    record Parts(
            JobSettings settings,
            Map<String, JobHandler> handlers,
            EventSender sender,
            KafkaTemplate<String, byte[]> template,
            Supplier<ShareConsumer<String, byte[]>> consumers,
            Cancellations cancellations,
            FinishedJobs finished,
            ExecutorService engines,
            Path folder,
            MeterRegistry metrics,
            Clock clock) {

        void measure(Attempt attempt, Attempt.Outcome outcome, long nanos) {
            String end = outcome instanceof Attempt.Outcome.Ended ended
                    ? ended.reason().name()
                    : outcome.getClass().getSimpleName();
            Timer.builder("jobs.attempts")
                    .description("Attempts of this worker")
                    .tag("kind", handlers.containsKey(attempt.kind()) ? attempt.kind() : "unknown")
                    .tag("outcome", end.toLowerCase(Locale.ROOT))
                    .register(metrics)
                    .record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private final JobSettings settings;
    private final Map<String, JobHandler> handlers = new HashMap<>();
    private final EventSender sender;
    private final KafkaTemplate<String, byte[]> template;
    private final Map<String, Object> consumerProperties;
    private final Map<String, Object> adminProperties;
    private final MeterRegistry metrics;
    private final Clock clock;
    private @Nullable Running running;

    JobWorker(
            JobSettings settings,
            List<JobHandler> handlers,
            EventSender sender,
            KafkaTemplate<String, byte[]> template,
            Map<String, Object> consumerProperties,
            Map<String, Object> adminProperties,
            MeterRegistry metrics,
            Clock clock) {
        this.settings = settings;
        for (JobHandler handler : handlers) {
            if (this.handlers.put(handler.kind(), handler) != null) {
                throw new IllegalStateException("two engines for jobs of kind " + handler.kind());
            }
        }
        this.sender = sender;
        this.template = template;
        this.consumerProperties = consumerProperties;
        this.adminProperties = adminProperties;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            running = new Running();
        }
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.stop();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    /** One start to one stop. */
    private final class Running {

        private final WorkFolder folder;
        private final ExecutorService engines = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("job-", 1).factory());
        private final Cancellations cancellations =
                new Cancellations(consumerProperties, settings.controlTopic(), clock);
        private final List<JobSlot> slots = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean stopping;

        Running() {
            Path home = settings.workDirectory() == null
                    ? Path.of(System.getProperty("java.io.tmpdir"), "cadenza-jobs-" + settings.service())
                    : settings.workDirectory();
            folder = WorkFolder.below(home.toAbsolutePath());
            Parts parts = new Parts(
                    settings,
                    handlers,
                    sender,
                    template,
                    this::consumer,
                    cancellations,
                    new FinishedJobs(),
                    engines,
                    folder.path(),
                    metrics,
                    clock);
            String host = System.getenv().getOrDefault("HOSTNAME", "worker");
            long pid = ProcessHandle.current().pid();
            for (int i = 1; i <= settings.slots(); i++) {
                slots.add(new JobSlot(parts, host + "-" + pid + "-" + i));
            }
            thread("job-worker", this::begin);
        }

        private void begin() {
            while (!stopping && !prepared()) {
                pause();
            }
            thread("job-control", cancellations);
            try {
                while (!stopping && !cancellations.awaitCaughtUp(Duration.ofMillis(200))) {
                    LOG.debug("reading cancellations first");
                }
            } catch (InterruptedException e) {
                return;
            }
            for (int i = 0; i < slots.size(); i++) {
                thread("job-slot-" + (i + 1), slots.get(i));
            }
            LOG.info("{} slots take jobs of {}: {}", slots.size(), settings.jobsTopic(), handlers.keySet());
        }

        private synchronized void thread(String name, Runnable work) {
            if (!stopping) {
                threads.add(Thread.ofPlatform().daemon().name(name).start(work));
            }
        }

        private boolean prepared() {
            try (Admin admin = Admin.create(adminProperties)) {
                for (var created :
                        admin.createTopics(JobTopics.of(settings)).values().values()) {
                    try {
                        created.get(ADMIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                    } catch (ExecutionException e) {
                        if (!(e.getCause() instanceof TopicExistsException)) {
                            throw e;
                        }
                    }
                }
                ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, settings.workerGroup());
                admin.incrementalAlterConfigs(Map.of(
                                group,
                                List.of(
                                        // jobs that were there before the first worker are not skipped
                                        set("share.auto.offset.reset", "earliest"),
                                        set(
                                                "share.record.lock.duration.ms",
                                                Long.toString(settings.lock().toMillis())))))
                        .all()
                        .get(ADMIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (InterruptedException e) {
                return false;
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                LOG.warn("the job queue is not ready, will be tried again: {}", e.toString());
                return false;
            }
        }

        private ShareConsumer<String, byte[]> consumer() {
            Map<String, Object> own = new HashMap<>(consumerProperties);
            own.keySet().removeAll(new HashSet<>(NOT_FOR_SHARE_GROUPS));
            own.put(ConsumerConfig.GROUP_ID_CONFIG, settings.workerGroup());
            own.put("share.acknowledgement.mode", "explicit");
            // as many as are asked for: a slot must not keep jobs waiting that another could run
            own.put("share.acquire.mode", "record_limit");
            own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
            return new KafkaShareConsumer<>(own, new StringDeserializer(), new ByteArrayDeserializer());
        }

        private void pause() {
            try {
                TimeUnit.MILLISECONDS.sleep(500);
            } catch (InterruptedException e) {
                stopping = true;
            }
        }

        void stop() {
            List<Thread> all;
            synchronized (this) {
                stopping = true;
                all = List.copyOf(threads);
            }
            slots.forEach(JobSlot::stop);
            cancellations.stop();
            long deadline =
                    System.nanoTime() + settings.shutdown().plus(LAST_WORDS).toNanos();
            try {
                for (Thread thread : all) {
                    if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                        thread.interrupt();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            engines.shutdownNow();
            folder.close();
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
