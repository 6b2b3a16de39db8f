package dev.cadenza.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code up --detach}: the same in a process of its own; returns when everything is healthy. */
final class DetachedUp {

    private final Checkout checkout;
    private final Options options;

    DetachedUp(Checkout checkout, Options options) {
        this.checkout = checkout;
        this.options = options;
    }

    int run() throws IOException, InterruptedException {
        DataFolder data = DataFolder.open(options.data());
        if (StackState.read(data.stateFile()).filter(StackState::isRunning).isPresent()) {
            System.out.println(Up.alreadyRunning(data));
            return 0;
        }
        Path log = data.logOf("launcher");
        long shown = Files.exists(log) ? Files.size(log) : 0;
        Process supervisor = new ProcessBuilder(command())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        while (true) {
            boolean alive = supervisor.isAlive();
            Optional<StackState.Phase> phase = StackState.read(data.stateFile())
                    .filter(state -> state.supervisor().number() == supervisor.pid())
                    .map(StackState::phase);
            shown = show(log, shown);
            if (phase.filter(now -> now == StackState.Phase.UP).isPresent()) {
                return 0;
            }
            if (phase.filter(now -> now == StackState.Phase.DEGRADED).isPresent() || !alive) {
                return 1;
            }
            TimeUnit.MILLISECONDS.sleep(150);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(Supervisor.ignoringCtrlC(List.of(
                Jvm.java().toString(),
                "-Xmx96m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dcadenza.home=" + checkout.root(),
                "-cp",
                System.getProperty("java.class.path"),
                Cadenza.class.getName(),
                "up")));
        command.addAll(options.stackArguments());
        return command;
    }

    private static long show(Path log, long from) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            channel.position(from);
            Channels.newInputStream(channel).transferTo(System.out);
            System.out.flush();
            return channel.position();
        }
    }
}
