package dev.cadenza.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.launcher.StackState.Condition;
import dev.cadenza.launcher.StackState.PartState;
import dev.cadenza.launcher.StackState.Phase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The parts here are shell scripts; one is healthy when it has written its file. */
@Timeout(60)
class SupervisorTests {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Supervisor.Patience PATIENCE = new Supervisor.Patience(
            Duration.ofSeconds(20),
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2));
    private static final String WORKS = "touch \"$0\"; exec sleep 600";

    @TempDir
    Path temporary;

    private DataFolder data;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private Supervisor supervisor;

    @BeforeEach
    void open() {
        data = DataFolder.open(temporary.resolve("data"));
        supervisor = supervise();
    }

    @AfterEach
    void stop() {
        supervisor.stop();
        assertThat(data.stateFile()).doesNotExist();
    }

    @Test
    void saysWhenEachPartIsHealthyAndThenThatAllAre() throws Exception {
        List<Boolean> outcomes = new CopyOnWriteArrayList<>();
        supervise(part("store", WORKS), part("service", WORKS, "store")).start(outcomes::add);
        assertThat(outcomes).containsExactly(true);
        assertThat(said).hasSize(2);
        assertThat(said.get(0)).contains("store").contains("healthy after").contains("http://store");
        assertThat(said.get(1)).contains("service");
        assertThat(state().phase()).isEqualTo(Phase.UP);
        assertThat(state().isRunning()).isTrue();
    }

    @Test
    void startsAKilledPartAgain() throws Exception {
        supervise(part("service", WORKS)).start(healthy -> {});
        ProcessHandle first = process("service");
        Files.delete(healthFile("service"));
        first.destroyForcibly();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(state("service").condition()).isEqualTo(Condition.HEALTHY);
            assertThat(state("service").restarts()).isEqualTo(1);
        });
        assertThat(process("service").pid()).isNotEqualTo(first.pid());
        assertThat(said).anySatisfy(line -> assertThat(line).contains("was killed by signal 9"));
    }

    @Test
    void reportsAPartThatDoesNotStartWithItsLogAndGoesOnWithTheOthers() throws Exception {
        List<Boolean> outcomes = new CopyOnWriteArrayList<>();
        supervise(part("broken", "echo out of luck; exit 3"), part("needy", WORKS, "broken"), part("service", WORKS))
                .start(outcomes::add);
        assertThat(outcomes).containsExactly(false);
        assertThat(state().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(state("service").condition()).isEqualTo(Condition.HEALTHY);
        assertThat(state("needy").trouble()).isEqualTo("waits for broken");
        assertThat(said)
                .filteredOn(line -> line.contains("FAILED"))
                .singleElement()
                .asString()
                .contains("broken", "exit code 3", data.logOf("broken").toString());
        assertThat(data.logOf("broken")).content().contains("out of luck");
    }

    @Test
    void isUpAfterAllWhereAFailedPartGetsWell() throws Exception {
        Path fixed = temporary.resolve("fixed");
        supervise(part("service", "test -e '" + fixed + "' || exit 1; " + WORKS))
                .start(healthy -> {});
        assertThat(state().phase()).isEqualTo(Phase.DEGRADED);
        Files.createFile(fixed);
        await().atMost(SOON).until(() -> state().phase() == Phase.UP);
    }

    @Test
    void stopsWhatNeedsOthersFirst() throws Exception {
        Path order = temporary.resolve("order");
        String notes = "trap 'echo \"$0\" >> " + order + "; exit 0' TERM; touch \"$0\"; while :; do sleep 0.05; done";
        supervise(part("store", notes), part("service", notes, "store"), part("gateway", notes, "service"))
                .start(healthy -> {});
        supervisor.stop();
        assertThat(Files.readAllLines(order))
                .containsExactly(
                        healthFile("gateway").toString(),
                        healthFile("service").toString(),
                        healthFile("store").toString());
    }

    @Test
    void killsWhatDoesNotStop() throws Exception {
        supervise(part("stubborn", "trap '' TERM; touch \"$0\"; while :; do sleep 0.05; done"))
                .start(healthy -> {});
        ProcessHandle stubborn = process("stubborn");
        supervisor.stop();
        assertThat(stubborn.isAlive()).isFalse();
    }

    @Test
    void leavesCtrlCToTheSupervisor() throws Exception {
        Path beat = temporary.resolve("beat");
        supervise(part("service", "touch \"$0\"; while :; do touch '" + beat + "'; sleep 0.05; done"))
                .start(healthy -> {});
        ProcessHandle service = process("service");
        new ProcessBuilder("kill", "-INT", Long.toString(service.pid())).start().waitFor();
        Files.deleteIfExists(beat);
        await().atMost(SOON).until(() -> Files.exists(beat));
        assertThat(service.isAlive()).isTrue();
        assertThat(state("service").restarts()).isZero();
    }

    @Test
    void putsALargeLogAsideWhileItsPartWrites() throws Exception {
        supervise(part("service", "touch \"$0\"; while :; do echo a line of it; sleep 0.02; done"))
                .start(healthy -> {});
        Path log = data.logOf("service");
        await().atMost(SOON).until(() -> Files.size(log) > 200);
        supervisor.putAsideLogsAbove(200);
        assertThat(data.logOf("service.1")).content().startsWith("a line of it\n");
        assertThat(Files.size(data.logOf("service.1"))).isGreaterThan(200);
        // what opened the file for appending goes on at its new end: no hole where the old text was
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(log).content().isNotEmpty().matches("(a line of it\n)+"));
        supervisor.putAsideLogsAbove(1_000_000);
        assertThat(Files.size(log)).isPositive();
    }

    @Test
    void findsThePartsOfASupervisorThatWasKilled() throws Exception {
        supervise(part("service", WORKS)).start(healthy -> {});
        StackState left = state();
        StackState orphaned = new StackState(
                new StackState.Pid(
                        left.supervisor().number(),
                        left.supervisor().startedAt().minusSeconds(99)),
                left.portBase(),
                left.phase(),
                left.startedAt(),
                left.parts());
        assertThat(orphaned.isRunning()).isFalse();
        assertThat(orphaned.livingParts()).containsExactly(process("service"));
    }

    private Supervisor supervise(Part... parts) {
        supervisor = new Supervisor(
                List.of(parts),
                data,
                8000,
                part -> new Launch(
                        List.of(
                                "/bin/sh",
                                "-c",
                                part.settings().get("script"),
                                healthFile(part.name()).toString()),
                        data.workOf(part.name()),
                        Map.of()),
                health -> Files.exists(healthFile(health.getHost())),
                PATIENCE,
                said::add);
        return supervisor;
    }

    private Path healthFile(String name) {
        return temporary.resolve(name + ".healthy");
    }

    private static Part part(String name, String script, String... needs) {
        return new Part(
                name,
                Part.Kind.SERVICE,
                name,
                0,
                "http://" + name,
                URI.create("http://" + name),
                1,
                List.of(),
                List.of(needs),
                Map.of("script", script));
    }

    private StackState state() throws IOException {
        return StackState.read(data.stateFile()).orElseThrow();
    }

    private PartState state(String name) throws IOException {
        return state().parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ProcessHandle process(String name) throws IOException {
        return Objects.requireNonNull(state(name).process()).find().orElseThrow();
    }
}
