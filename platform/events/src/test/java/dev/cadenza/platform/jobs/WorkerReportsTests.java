package dev.cadenza.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.contracts.jobs.v1.JobRequested;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.events.ReceivedEvent;
import dev.cadenza.platform.events.Senders;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WorkerReportsTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final MockProducer<String, byte[]> broker =
            new MockProducer<>(false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    private final WorkerReports reports = reports();

    @Test
    void anEndDoesNotOvertakeTheStart() {
        reports.mention(JobReport.Kind.STARTED, 0, "");
        CompletableFuture<Void> end = reports.insist(JobReport.Kind.COMPLETED, Map.of(), null);
        assertThat(told()).containsExactly("started");

        broker.completeNext();
        assertThat(told()).containsExactly("started", "completed");
        assertThat(end).isNotDone();

        broker.completeNext();
        assertThat(end).isCompleted();
    }

    @Test
    void anEndIsToldWhereTheStartWasLostAndAgainUntilItArrives() {
        reports.mention(JobReport.Kind.STARTED, 0, "");
        CompletableFuture<Void> end = reports.insist(JobReport.Kind.COMPLETED, Map.of(), null);

        broker.errorNext(new TimeoutException("on purpose"));
        assertThat(told()).containsExactly("started", "completed");
        broker.errorNext(new TimeoutException("on purpose"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(told()).containsExactly("started", "completed", "completed"));
        assertThat(end).isNotDone();

        broker.completeNext();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(end).isCompleted());
    }

    private List<String> told() {
        return broker.history().stream()
                .map(message ->
                        JSON.readTree(message.value()).get("data").get("kind").asString())
                .toList();
    }

    private WorkerReports reports() {
        JobSettings settings = new JobSettings(
                "generation",
                1,
                2,
                8,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                5,
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                Duration.ofMinutes(10),
                3,
                Duration.ofSeconds(1),
                null);
        UUID id = UUID.randomUUID();
        JobRequested request = new JobRequested(id, UUID.randomUUID(), "test.play", 1, Map.of());
        ReceivedEvent event = ReceivedEvent.of(
                settings.jobsTopic(),
                id,
                new EventEnvelope<>(Ids.next(), 1, JobMessages.REQUESTED, 1, Instant.now(), null, request));
        Attempt attempt = new Attempt(request, event, 1, Instant.now(), settings, Path.of("unused"));
        return new WorkerReports(Senders.through(broker), settings, Clock.systemUTC(), attempt, "worker-1");
    }
}
