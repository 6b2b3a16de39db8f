package dev.cadenza.platform.jobs;

import static dev.cadenza.platform.jobs.JobsStage.PATIENCE;
import static dev.cadenza.platform.jobs.JobsStage.ask;
import static dev.cadenza.platform.jobs.JobsStage.awaitStatus;
import static dev.cadenza.platform.jobs.JobsStage.get;
import static dev.cadenza.platform.jobs.JobsStage.piece;
import static dev.cadenza.platform.jobs.JobsStage.pieces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.contracts.jobs.v1.JobReported;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobStatus;
import dev.cadenza.platform.events.Bell;
import dev.cadenza.platform.events.EventSender;
import dev.cadenza.platform.events.ReceivedEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The life of jobs between a service and its workers, with everything going wrong in between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JobQueueContract {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SHORT_LOCK = "cadenza.jobs.lock=1500ms";
    private static final String SHORT_RENEW = "cadenza.jobs.renew=300ms";
    private static final String NO_RENEW = "cadenza.jobs.renew=1h";

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    @SuppressWarnings("NullAway.Init") // made before any test
    private JobsStage shared;

    @SuppressWarnings("NullAway.Init") // made before any test
    private ConfigurableApplicationContext api;

    @SuppressWarnings("NullAway.Init") // made before any test
    private JobsStage.Engine engine;

    /** A service whose workers come and go with each test. */
    @SuppressWarnings("NullAway.Init") // made before any test
    private JobsStage stage;

    @SuppressWarnings("NullAway.Init") // made before any test
    private ConfigurableApplicationContext service;

    abstract String mongoUri(String database);

    abstract String bootstrapServers();

    /** How long a lock lasts at the least on this broker. */
    String[] locks(String... more) {
        String[] all = new String[more.length + 1];
        all[0] = SHORT_LOCK;
        System.arraycopy(more, 0, all, 1, more.length);
        return all;
    }

    JobsStage stage() {
        return new JobsStage(mongoUri("jobs_" + UUID.randomUUID().toString().replace("-", "")), bootstrapServers());
    }

    @BeforeAll
    void start() {
        shared = stage();
        api = shared.api("cadenza.jobs.max-in-flight-per-user=8");
        engine = shared.worker(locks(SHORT_RENEW, "cadenza.jobs.slots=3", "cadenza.jobs.max-attempts=3"));
    }

    @BeforeAll
    void startWithoutWorkers() {
        stage = stage();
        service = stage.api();
    }

    @AfterEach
    void stopWorkers() {
        stage.closeWorkers();
    }

    @AfterAll
    void stop() {
        Stream.of(shared, stage).parallel().forEach(JobsStage::close);
    }

    @Test
    void handsAJobToAWorkerAndKeepsItsResult() {
        AtomicReference<@Nullable Path> folder = new AtomicReference<>();
        engine.scripts.put("hand-over", context -> {
            folder.set(context.workDirectory());
            Files.writeString(context.workDirectory().resolve("scratch"), "x");
            context.progress(40, "composing");
            await().atMost(PATIENCE)
                    .until(() -> piece(api, context.jobId()).state().job().progress() == 40);
            return JobsStage.result(context);
        });

        UUID id = ask(api, ann, "hand-over");
        Piece running = awaitStatus(api, id, JobStatus.RUNNING);
        assertThat(running.job().release()).isEqualTo(1);
        Piece done = awaitStatus(api, id, JobStatus.COMPLETED);

        String file = shared.service + "/jobs/" + id + "/" + done.job().attempt() + "/out.wav";
        assertThat(done.result()).containsEntry("file", file).containsEntry("seconds", 60);
        assertThat(done.job().progress()).isEqualTo(100);
        assertThat(done.completions()).isEqualTo(1);
        assertThat(shared.objects).contains(file);
        assertThat(folder.get()).isNotNull().doesNotExist();
        JobContext context = contextOf(id);
        assertThat(context.ownerId()).isEqualTo(ann);
        assertThat(context.kind()).isEqualTo("test.play");
    }

    @Test
    void stopsARunningJobThatIsCancelledAndRemovesItsObjects() {
        AtomicReference<JobCancelledException.@Nullable Reason> why = new AtomicReference<>();
        engine.scripts.put("cancel-running", context -> {
            try {
                return JobsStage.endless(context);
            } catch (JobCancelledException e) {
                why.set(e.reason());
                throw e;
            }
        });
        UUID id = ask(api, ann, "cancel-running");
        awaitStatus(api, id, JobStatus.RUNNING);

        cancel(id);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(why).hasValue(JobCancelledException.Reason.CANCELLED));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(objectsOf(shared, id)).isEmpty());
        assertThat(piece(api, id).state().job().status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void interruptsAnEngineThatWaitsWhenItsJobIsCancelled() {
        engine.scripts.put("cancel-waiting-engine", context -> {
            new CountDownLatch(1).await();
            return Map.of();
        });
        UUID id = ask(api, ann, "cancel-waiting-engine");
        awaitStatus(api, id, JobStatus.RUNNING);

        cancel(id);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(objectsOf(shared, id)).isEmpty());
        assertThat(piece(api, id).state().job().status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void stopsTheJobOfAnAggregateThatIsDeleted() {
        engine.scripts.put("delete", JobsStage::endless);
        UUID id = ask(api, ann, "delete");
        awaitStatus(api, id, JobStatus.RUNNING);

        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            pieces(api).delete(piece(api, id), List.of()).block();
            return true;
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(objectsOf(shared, id)).isEmpty());
    }

    @Test
    void triesAgainWhatBrokeAndSucceeds() {
        AtomicInteger tries = new AtomicInteger();
        engine.scripts.put("retry", context -> {
            if (tries.incrementAndGet() < 3) {
                throw new IOException("broken on purpose");
            }
            return JobsStage.result(context);
        });

        UUID id = ask(api, ann, "retry");
        Piece done = awaitStatus(api, id, JobStatus.COMPLETED);

        assertThat(tries).hasValue(3);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(objectsOf(shared, id))
                        .containsExactly((String) done.result().get("file")));
    }

    @Test
    void failsWhatBreaksEveryTimeAndKeepsACopy() {
        engine.scripts.put("poison", context -> {
            throw new IllegalStateException("broken on purpose");
        });

        UUID id = ask(api, ann, "poison");
        Piece failed = awaitStatus(api, id, JobStatus.FAILED);

        assertThat(failed.job().error()).isNotNull();
        assertThat(failed.job().error().code()).isEqualTo("job.attempts_exhausted");
        assertThat(engine.started).filteredOn("poison"::equals).hasSize(3);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(keys(shared.service + ".jobs.v1.dlt")).contains(id.toString()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(objectsOf(shared, id)).isEmpty());
    }

    @Test
    void failsAtOnceWhatCanNeverSucceed() {
        engine.scripts.put("hopeless", context -> {
            throw new JobFailedException("audio.undecodable", "This is no audio.");
        });

        UUID id = ask(api, ann, "hopeless");
        Piece failed = awaitStatus(api, id, JobStatus.FAILED);

        assertThat(failed.job().error()).isNotNull();
        assertThat(failed.job().error().code()).isEqualTo("audio.undecodable");
        assertThat(failed.job().error().message()).isEqualTo("This is no audio.");
        assertThat(engine.started).filteredOn("hopeless"::equals).hasSize(1);
        assertThat(keys(shared.service + ".jobs.v1.dlt")).doesNotContain(id.toString());
    }

    @Test
    void countsARepeatedReportOnce() {
        UUID id = ask(api, ann, "repeat");
        Piece done = awaitStatus(api, id, JobStatus.COMPLETED);
        String file = (String) done.result().get("file");
        JobReports reports = api.getBean(JobReports.class);
        for (String kind : List.of("completed", "started", "progress", "failed", "stopped", "completed")) {
            reports.handle(report(id, done.job().attempt(), kind)).block();
        }
        Piece after = piece(api, id).state();
        assertThat(after).isEqualTo(done);
        assertThat(objectsOf(shared, id)).containsExactly(file);
    }

    @Test
    void callsOffWhatSomebodyBeganAfterItsEnd() {
        UUID gone = UUID.randomUUID();
        api.getBean(JobReports.class)
                .handle(report(gone, Job.attempt(1, 2, Instant.now()), "started"))
                .block();
        assertThat(keys(shared.service + ".control.v1")).contains(gone.toString());
    }

    @Test
    void runsTwoJobsAtOnce() {
        CyclicBarrier together = new CyclicBarrier(2);
        JobsStage.Script meet = context -> {
            together.await(30, TimeUnit.SECONDS);
            return JobsStage.result(context);
        };
        engine.scripts.put("meet-1", meet);
        engine.scripts.put("meet-2", meet);
        UUID first = ask(api, ann, "meet-1");
        UUID second = ask(api, ann, "meet-2");
        awaitStatus(api, first, JobStatus.COMPLETED);
        awaitStatus(api, second, JobStatus.COMPLETED);
    }

    @Test
    void aRetryAfterACancellationIsAJobOfItsOwn() {
        AtomicInteger tries = new AtomicInteger();
        engine.scripts.put(
                "again",
                context -> tries.incrementAndGet() == 1 ? JobsStage.endless(context) : JobsStage.result(context));
        UUID id = ask(api, ann, "again");
        awaitStatus(api, id, JobStatus.RUNNING);
        cancel(id);

        change(id, piece -> Change.of(piece.with(piece.job().requeued(Instant.now()))));

        Piece done = awaitStatus(api, id, JobStatus.COMPLETED);
        assertThat(done.job().release()).isEqualTo(2);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(objectsOf(shared, id))
                        .containsExactly((String) done.result().get("file")));
    }

    @Test
    void aWorkerNeedsNoDatabaseAndLeavesNoFolders() throws IOException {
        try (JobsStage stage = stage()) {
            JobsStage.Engine unused = new JobsStage.Engine(stage.objects);
            Path stale = Files.createDirectories(stage.work().resolve("dead"));
            Files.createFile(stage.work().resolve("dead.lock"));
            Files.createFile(stale.resolve("left-behind"));
            ConfigurableApplicationContext worker = stage.worker(unused, locks());
            assertThat(worker.getBeansOfType(MongoClient.class)).isEmpty();
            assertThat(worker.getBeansOfType(JobQueue.class)).isEmpty();
            assertThat(stale).doesNotExist();
            stage.close(worker);
            assertThat(stage.work()).isEmptyDirectory();
        }
    }

    @Test
    void releasesByUserInTurnAndTellsThePlaces() {
        try (JobsStage stage = stage()) {
            ConfigurableApplicationContext service =
                    stage.api("cadenza.jobs.max-in-flight=1", "cadenza.jobs.max-in-flight-per-user=1");
            UUID first = ask(service, ann, "ann-1");
            awaitStatus(service, first, JobStatus.RELEASED);
            for (int i = 2; i <= 4; i++) {
                ask(service, ann, "ann-" + i);
            }
            UUID hers = ask(service, ann, "ann-5");
            UUID his = ask(service, bob, "bob-1");

            JobQueue queue = service.getBean(JobQueue.class);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(get(queue.position(first)).position()).isEqualTo(1);
                assertThat(get(queue.position(his)).position()).isEqualTo(2);
                assertThat(get(queue.position(hers)).position()).isEqualTo(6);
            });
            assertThat(get(queue.position(hers)).estimatedCompletion())
                    .isAfter(get(queue.position(his)).estimatedCompletion());
            assertThat(queue.position(UUID.randomUUID()).blockOptional()).isEmpty();

            JobsStage.Engine player = stage.worker(locks());
            awaitStatus(service, hers, JobStatus.COMPLETED);
            awaitStatus(service, his, JobStatus.COMPLETED);
            assertThat(player.started).startsWith("ann-1", "bob-1").hasSize(6);
            assertThat(queue.position(hers).blockOptional()).isEmpty();
        }
    }

    @Test
    void neverStartsAJobThatWasCancelledWhileItWaited() {
        UUID released = ask(service, ann, "called-off");
        awaitStatus(service, released, JobStatus.RELEASED);
        get(pieces(service).change(released, piece -> piece.state().cancelled()));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(keys(stage.service + ".control.v1")).contains(released.toString()));

        JobsStage.Engine player = stage.worker(locks());
        UUID other = ask(service, ann, "wanted");
        awaitStatus(service, other, JobStatus.COMPLETED);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reports(stage.service)).contains(released + " stopped"));
        assertThat(player.started).containsExactly("wanted");
        assertThat(piece(service, released).state().job().status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void givesAFrozenWorkersJobToAnotherAndDoesNotCountItsLateReport() {
        CountDownLatch thaw = new CountDownLatch(1);
        JobsStage.Engine frozen = new JobsStage.Engine(stage.objects);
        frozen.scripts.put("frozen", context -> {
            thaw.await(60, TimeUnit.SECONDS);
            return JobsStage.result(context);
        });
        stage.worker(frozen, locks(NO_RENEW));
        UUID id = ask(service, ann, "frozen");
        awaitStatus(service, id, JobStatus.RUNNING);

        JobsStage.Engine other = stage.worker(locks(NO_RENEW));
        Piece done = awaitStatus(service, id, JobStatus.COMPLETED);
        assertThat(other.started).containsExactly("frozen");
        assertThat(done.result())
                .containsEntry("file", other.contexts.getFirst().objectPrefix() + "out.wav");
        thaw.countDown();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reports(stage.service))
                        .filteredOn((id + " completed")::equals)
                        .hasSize(2));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(objectsOf(stage, id))
                        .containsExactly((String) done.result().get("file")));
        Piece after = piece(service, id).state();
        assertThat(after.result()).isEqualTo(done.result());
        assertThat(after.completions()).isEqualTo(1);
    }

    @Test
    void endsAnAttemptThatLostItsJob() {
        AtomicReference<JobCancelledException.@Nullable Reason> why = new AtomicReference<>();
        JobsStage.Engine late = new JobsStage.Engine(stage.objects);
        late.scripts.put("lost", context -> {
            try {
                return JobsStage.endless(context);
            } catch (JobCancelledException e) {
                why.set(e.reason());
                throw e;
            }
        });
        // renews when the lock is long gone
        stage.worker(late, locks("cadenza.jobs.renew=2s"));
        UUID id = ask(service, ann, "lost");
        awaitStatus(service, id, JobStatus.RUNNING);
        stage.worker(locks(SHORT_RENEW));
        Piece done = awaitStatus(service, id, JobStatus.COMPLETED);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(why).hasValue(JobCancelledException.Reason.LOST));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(objectsOf(stage, id))
                        .containsExactly((String) done.result().get("file")));
    }

    @Test
    void aWorkerThatStopsHandsItsJobBack() {
        JobsStage.Engine leaving = new JobsStage.Engine(stage.objects);
        leaving.scripts.put("hand-back", JobsStage::endless);
        // a lock so long that only a release can hand the job on in time
        ConfigurableApplicationContext first = stage.worker(leaving, "cadenza.jobs.lock=60s");
        UUID id = ask(service, ann, "hand-back");
        awaitStatus(service, id, JobStatus.RUNNING);

        stage.close(first);

        assertThat(piece(service, id).state().job().status()).isEqualTo(JobStatus.RUNNING);
        JobsStage.Engine next = stage.worker("cadenza.jobs.lock=60s");
        Piece done = awaitStatus(service, id, JobStatus.COMPLETED);
        assertThat(next.started).containsExactly("hand-back");
        assertThat(done.job().release()).isEqualTo(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(objectsOf(stage, id)).hasSize(1));
    }

    @Test
    void aWorkerThatStopsAtTheLastDeliveryAsksForAnotherRelease() {
        JobsStage.Engine leaving = new JobsStage.Engine(stage.objects);
        leaving.scripts.put("last", JobsStage::endless);
        ConfigurableApplicationContext first = stage.worker(leaving, locks("cadenza.jobs.max-attempts=1"));
        UUID id = ask(service, ann, "last");
        awaitStatus(service, id, JobStatus.RUNNING);

        stage.close(first);

        stage.worker(locks());
        assertThat(awaitStatus(service, id, JobStatus.COMPLETED).job().release())
                .isEqualTo(2);
    }

    @Test
    void goesOnAfterTheServiceWasAway() {
        try (JobsStage stage = stage()) {
            ConfigurableApplicationContext service = stage.api("cadenza.jobs.max-in-flight=1");
            CountDownLatch gone = new CountDownLatch(1);
            JobsStage.Engine player = new JobsStage.Engine(stage.objects);
            player.scripts.put("while-away", context -> {
                gone.await(60, TimeUnit.SECONDS);
                return JobsStage.result(context);
            });
            stage.worker(player, locks(SHORT_RENEW));
            UUID running = ask(service, ann, "while-away");
            UUID waiting = ask(service, ann, "later");
            awaitStatus(service, running, JobStatus.RUNNING);
            stage.close(service);
            gone.countDown();

            ConfigurableApplicationContext again = stage.api("cadenza.jobs.max-in-flight=1");

            awaitStatus(again, running, JobStatus.COMPLETED);
            awaitStatus(again, waiting, JobStatus.COMPLETED);
        }
    }

    @Test
    void neverGivesUpOnAJobThatNoWorkerStarted() {
        try (JobsStage stage = stage()) {
            ConfigurableApplicationContext service =
                    stage.api("cadenza.jobs.silence=2s", "cadenza.jobs.max-releases=1");
            UUID id = ask(service, ann, "nobody");
            Instant queuedAt = piece(service, id).state().job().queuedAt();
            await().atMost(PATIENCE)
                    .until(() -> piece(service, id).state().job().release() >= 3);
            assertThat(piece(service, id).state().job().queuedAt()).isEqualTo(queuedAt);

            // a worker that comes later finds the earlier releases called off
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(keys(stage.service + ".control.v1"))
                            .filteredOn(id.toString()::equals)
                            .hasSizeGreaterThanOrEqualTo(2));
            JobsStage.Engine unused = stage.worker(locks());
            Piece done = awaitStatus(service, id, JobStatus.COMPLETED);
            assertThat(done.completions()).isEqualTo(1);
            assertThat(done.job().queuedAt()).isEqualTo(queuedAt);
        }
    }

    @Test
    void failsAJobThatSeveralWorkersStartedAndLost() {
        try (JobsStage stage = stage()) {
            ConfigurableApplicationContext service = stage.api();
            JobReports reports = service.getBean(JobReports.class);
            Watchdog watchdog = new Watchdog(service, 2);
            UUID id = ask(service, ann, "loses-workers");
            awaitStatus(service, id, JobStatus.RELEASED);
            watchdog.looksAfter(0, 4, 4, 4);
            awaitRelease(service, id, 2);
            for (int release = 2; release <= 3; release++) {
                reports.handle(report(id, Job.attempt(release, 1, Instant.now()), "started"))
                        .block();
                assertThat(piece(service, id).state().job().status()).isEqualTo(JobStatus.RUNNING);
                watchdog.looksAfter(4);
                if (release == 2) {
                    awaitRelease(service, id, 3);
                }
            }
            Job failed = piece(service, id).state().job();
            assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
            assertThat(failed.error()).isNotNull();
            assertThat(failed.error().code()).isEqualTo("job.lost");
            assertThat(failed.release()).isEqualTo(3);
        }
    }

    @Test
    void hearsWhatWasSaidWhileItWasAwayBeforeItTakesAJobBack() {
        try (JobsStage stage = stage()) {
            ConfigurableApplicationContext service = stage.api();
            JobReports reports = service.getBean(JobReports.class);
            UUID done = ask(service, ann, "done-meanwhile");
            UUID lost = ask(service, bob, "lost");
            for (UUID id : List.of(done, lost)) {
                awaitStatus(service, id, JobStatus.RELEASED);
                reports.handle(report(id, Job.attempt(1, 1, Instant.now()), "started"))
                        .block();
            }

            Watchdog watchdog = new Watchdog(service, 3);
            watchdog.looksAfter(60);
            reports.handle(report(done, Job.attempt(1, 1, Instant.now()), "completed"))
                    .block();
            assertThat(piece(service, done).state().completions()).isEqualTo(1);

            watchdog.looksAfter(4, 4);
            watchdog.cannotApplyAReport();
            watchdog.looksAfter(4, 4);
            assertThat(piece(service, lost).state().job().status()).isEqualTo(JobStatus.RUNNING);
            watchdog.looksAfter(4);
            awaitRelease(service, lost, 2);
            // away once more
            reports.handle(report(lost, Job.attempt(2, 1, Instant.now()), "started"))
                    .block();
            watchdog.looksAfter(60);
            assertThat(piece(service, lost).state().job().status()).isEqualTo(JobStatus.RUNNING);
        }
    }

    private static void awaitRelease(ConfigurableApplicationContext service, UUID id, int release) {
        await().atMost(PATIENCE).until(() -> {
            Job job = piece(service, id).state().job();
            return job.status() == JobStatus.RELEASED && job.release() == release;
        });
    }

    /** Looks for silent jobs of a service at moments of its own, with a silence of ten minutes. */
    private final class Watchdog {

        private Instant now = Instant.now();
        private final JobReleaser releaser;
        private final JobReports reports;

        Watchdog(ConfigurableApplicationContext service, int maxReleases) {
            Clock clock = new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            };
            Duration second = Duration.ofSeconds(1);
            JobSettings settings = new JobSettings(
                    "any",
                    1,
                    2,
                    8,
                    second,
                    second,
                    5,
                    second,
                    second,
                    Duration.ofMinutes(10),
                    maxReleases,
                    second,
                    null);
            Hearing hearing = new Hearing(clock);
            JobQueue queue = service.getBean(JobQueue.class);
            this.releaser = new JobReleaser(queue, settings, clock, new Bell(), hearing);
            this.reports = new JobReports(
                    queue,
                    (prefix, which) -> Mono.error(new IOException("no storage, on purpose")),
                    service.getBean(EventSender.class),
                    settings,
                    new SimpleMeterRegistry(),
                    clock,
                    hearing);
        }

        void looksAfter(int... minutes) {
            for (int pause : minutes) {
                now = now.plus(Duration.ofMinutes(pause));
                releaser.watch().block();
            }
        }

        void cannotApplyAReport() {
            ReceivedEvent report = report(UUID.randomUUID(), Job.attempt(1, 1, Instant.now()), "stopped");
            assertThatThrownBy(() -> reports.handle(report).block()).hasMessageContaining("on purpose");
        }
    }

    @Test
    void survivesTheBrokersRestartWhileAnEngineRuns() {
        AtomicBoolean back = new AtomicBoolean();
        JobsStage.Engine player = new JobsStage.Engine(stage.objects);
        player.scripts.put("restart", context -> {
            while (!back.get()) {
                context.checkCancelled();
                context.progress(10, "");
                TimeUnit.MILLISECONDS.sleep(50);
            }
            return JobsStage.result(context);
        });
        stage.worker(player, locks(SHORT_RENEW));
        UUID id = ask(service, ann, "restart");
        awaitStatus(service, id, JobStatus.RUNNING);

        restartBroker();
        back.set(true);

        Piece done = awaitStatus(service, id, JobStatus.COMPLETED);
        assertThat(done.completions()).isEqualTo(1);
        UUID next = ask(service, ann, "after");
        awaitStatus(service, next, JobStatus.COMPLETED);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(objectsOf(stage, id))
                        .containsExactly((String) done.result().get("file")));
    }

    /** Does nothing where the broker cannot be restarted. */
    void restartBroker() {}

    private void cancel(UUID id) {
        change(id, Piece::cancelled);
    }

    private void change(UUID id, java.util.function.Function<Piece, Change<Piece, Piece.Event>> transition) {
        Versioned<Piece> unused = get(pieces(api).change(id, piece -> transition.apply(piece.state())));
    }

    private JobContext contextOf(UUID id) {
        return engine.contexts.stream()
                .filter(context -> context.jobId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> objectsOf(JobsStage stage, UUID id) {
        return stage.objects.stream()
                .filter(key -> key.startsWith(stage.service + "/jobs/" + id + "/"))
                .toList();
    }

    private ReceivedEvent report(UUID id, long attempt, String kind) {
        return ReceivedEvent.of(
                shared.service + ".progress.v1",
                id,
                new EventEnvelope<>(
                        Ids.next(),
                        1,
                        "job.reported",
                        1,
                        Instant.now(),
                        null,
                        new JobReported(
                                id, attempt, kind, 1, "", Map.of("other", 1), "a.code", "text", "w", Instant.now())));
    }

    /** Reports on the topic, such as {@code <job> completed}. */
    private List<String> reports(String service) {
        return read(service + ".progress.v1").stream()
                .map(message -> JSON.readTree(message.value()))
                .map(json -> json.get("data").get("jobId").asString() + " "
                        + json.get("data").get("kind").asString())
                .toList();
    }

    private List<String> keys(String topic) {
        return read(topic).stream().map(Message::key).toList();
    }

    private record Message(String key, String value) {}

    private List<Message> read(String topic) {
        var seen = new java.util.ArrayList<Message>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "allow.auto.create.topics", false),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, Duration.ofSeconds(10)).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(message -> seen.add(new Message(message.key(), message.value())));
            }
        }
        return seen;
    }
}
