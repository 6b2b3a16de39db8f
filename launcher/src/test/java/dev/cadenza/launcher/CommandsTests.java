package dev.cadenza.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.cadenza.launcher.StackState.Condition;
import dev.cadenza.launcher.StackState.PartState;
import dev.cadenza.launcher.StackState.Phase;
import dev.cadenza.launcher.StackState.Pid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look at a stack, on states that are written here. */
class CommandsTests {

    private static final Checkout NOWHERE = new Checkout(Path.of("/nowhere"));

    @TempDir
    Path temporary;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream terminal = System.out;
    private final List<Process> started = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveBack() throws InterruptedException {
        System.setOut(terminal);
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aSecondUpFindsTheFirst() throws Exception {
        write(Pid.of(ProcessHandle.current()), null);
        assertThat(new DetachedUp(NOWHERE, options("up")).run()).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("runs already")
                .contains("http://localhost:9080")
                .contains(temporary.toRealPath().toString());
    }

    @Test
    void aStackIsNotDeletedWhileItRuns() throws Exception {
        DataFolder data = write(Pid.of(ProcessHandle.current()), null);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> new Reset(options("reset", "--yes")).run())
                .withMessageContaining("stop it first");
        assertThat(data.stateFile()).exists();
        Files.delete(data.stateFile());
        assertThat(new Reset(options("reset", "--yes")).run()).isZero();
        assertThat(data.root()).doesNotExist();
        assertThat(new Reset(options("reset", "--yes")).run()).isZero();
    }

    @Test
    void nothingIsDeletedThatIsNotOurs() throws Exception {
        Path precious = Files.writeString(temporary.resolve("precious"), "x");
        assertThat(new Reset(options("reset", "--yes")).run()).isZero();
        assertThat(precious).exists();
    }

    @Test
    void downEndsWhatAKilledSupervisorLeft() throws Exception {
        Process part = sleeping();
        DataFolder data = write(gone(), part.toHandle());
        assertThat(new Status(options("status")).run()).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("its supervisor was killed and left 1 processes");
        assertThat(new Down(options("down")).run()).isZero();
        assertThat(part.waitFor()).isNotZero();
        assertThat(data.stateFile()).doesNotExist();
        assertThat(new Down(options("down")).run()).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).endsWith("Cadenza does not run.\n");
    }

    @Test
    void downStopsTheSupervisor() throws Exception {
        Process supervisor = sleeping();
        write(Pid.of(supervisor.toHandle()), null);
        assertThat(new Down(options("down")).run()).isZero();
        assertThat(supervisor.isAlive()).isFalse();
    }

    @Test
    void nothingIsDeletedUnderAStackThatHasNoStateYet() throws Exception {
        DataFolder data = DataFolder.open(temporary);
        try (DataFolder.Lock lock = data.lock()) {
            assertThat(lock).isNotNull();
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> new Reset(options("reset", "--yes")).run())
                    .withMessageContaining("starts just now; stop it first");
            assertThat(data.secrets()).exists();
        }
        assertThat(new Reset(options("reset", "--yes")).run()).isZero();
        assertThat(data.root()).doesNotExist();
    }

    @Test
    void downWaitsForAStackThatHasNoStateYet() throws Exception {
        DataFolder data = DataFolder.open(temporary);
        Process supervisor = sleeping();
        try (DataFolder.Lock lock = data.lock()) {
            assertThat(lock).isNotNull();
            FutureTask<Integer> down = new FutureTask<>(() -> new Down(options("down")).run());
            Thread thread = Thread.ofPlatform().start(down);
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING || down.isDone());
            assertThat(down.isDone()).isFalse();
            write(Pid.of(supervisor.toHandle()), null);
            assertThat(down.get(30, TimeUnit.SECONDS)).isZero();
        }
        assertThat(supervisor.isAlive()).isFalse();
    }

    @Test
    void statusSaysThatAPartThatDoesNotAnswerIsNotHealthy() throws Exception {
        write(Pid.of(ProcessHandle.current()), sleeping().toHandle());
        assertThat(new Status(options("status")).run()).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).containsPattern("gateway +not healthy");
    }

    @Test
    void logsShowTheEndOfOneAndNameThoseThereAre() throws Exception {
        DataFolder data = write(gone(), null);
        Files.writeString(data.logOf("gateway"), "older\n".repeat(10_000) + "the end\n");
        assertThat(new Logs(options("logs", "gateway")).run()).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("older\n")
                .endsWith("the end\n")
                .hasSizeLessThan(20_000);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> new Logs(options("logs", "gatway")).run())
                .withMessageContaining("no log of gatway; there are gateway.");
    }

    @Test
    void theAuditLogIsVerifiedAndTheExitCodeSaysHowItIs() throws Exception {
        String whole = "{\"finished\":true,\"valid\":true,\"rows\":7,\"anchors\":2,\"head\":\"7:ab\"}";
        String progress = "{\"finished\":false,\"valid\":true,\"rows\":1000,\"anchors\":0,\"head\":\"1000:ab\"}\n";
        String broken = "{\"finished\":true,\"valid\":false,\"rows\":4,\"anchors\":0,\"head\":\"4:ab\","
                + "\"broken\":{\"seq\":5,\"reason\":\"The row was changed.\"}}";
        String anchor = "7:" + "ab".repeat(32);
        assertThat(audit(progress + whole, "verify", anchor)).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("rows     7", "head     7:ab", "as it was");
        assertThat(asked).containsExactly("/internal/audit/verify?anchor=" + anchor.replace(":", "%3A"));
        assertThat(audit(broken, "verify")).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("BROKEN at row 5: The row was changed.");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> audit(progress, "verify"))
                .withMessageContaining("could not go through the whole");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> audit("<html>", "verify"))
                .withMessageContaining("does not answer");
    }

    @Test
    void aMistakeInTheAuditCommandIsSaid() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> new Audit(options("audit")).run())
                .withMessageContaining("audit verify");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> new Audit(options("audit", "verify", "7")).run())
                .withMessageContaining("\"7\"");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> new Audit(options("audit", "verify")).run())
                .withMessageContaining("does not run");
    }

    @Test
    void theSearchIndexIsRebuiltAndTheCommandWaits() throws Exception {
        assertThat(rebuild("{\"things\":7}")).isZero();
        assertThat(asked).containsExactly("/internal/search/rebuild");
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("Done: 7 tracks");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> rebuild("{\"error\":\"x\"}"))
                .withMessageContaining("could not rebuild");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> rebuild("<html>"))
                .withMessageContaining("does not answer");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> new Search(options("search")).run())
                .withMessageContaining("search rebuild");
    }

    private int audit(String answer, String... operands) throws Exception {
        List<String> command = new ArrayList<>(List.of("audit"));
        command.addAll(List.of(operands));
        return with("analytics-service", answer, () -> new Audit(options(command.toArray(String[]::new))).run());
    }

    private int rebuild(String answer) throws Exception {
        return with("catalog-service", answer, () -> new Search(options("search", "rebuild")).run());
    }

    /** Runs the command against a service that answers this. */
    private int with(String part, String answer, Callable<Integer> command) throws Exception {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
        try {
            String address = "http://127.0.0.1:" + service.getAddress().getPort();
            writeParts(Pid.of(ProcessHandle.current()), List.of(part(part, address, null)));
            return command.call();
        } finally {
            service.stop(0);
        }
    }

    private Options options(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", temporary.toString()));
        return Options.parse(all, temporary, temporary);
    }

    private static Pid gone() {
        return new Pid(ProcessHandle.current().pid(), Instant.EPOCH);
    }

    private Process sleeping() throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        started.add(process);
        return process;
    }

    private DataFolder write(Pid supervisor, @Nullable ProcessHandle gateway) throws IOException {
        return writeParts(
                supervisor,
                gateway == null ? List.of() : List.of(part("gateway", "http://localhost:9080", Pid.of(gateway))));
    }

    private DataFolder writeParts(Pid supervisor, List<PartState> parts) throws IOException {
        DataFolder data = DataFolder.open(temporary);
        new StackState(supervisor, 9000, Phase.UP, Instant.now(), parts).write(data.stateFile());
        return data;
    }

    private PartState part(String name, String address, @Nullable Pid process) {
        return new PartState(
                name,
                address,
                "http://127.0.0.1:1/health",
                Condition.HEALTHY,
                process,
                1.0,
                0,
                null,
                new DataFolder(temporary).logOf(name).toString());
    }
}
