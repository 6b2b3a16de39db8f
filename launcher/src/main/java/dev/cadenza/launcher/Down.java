package dev.cadenza.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code down}: stops the stack, also what is left of one whose supervisor was killed. */
final class Down {

    /** Longer than the supervisor gives all of its parts together. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    /** Longer than a start takes until it has a state, what it stops before included. */
    private static final Duration START = Duration.ofSeconds(60);

    private final Options options;

    Down(Options options) {
        this.options = options;
    }

    int run() throws IOException, InterruptedException {
        if (!DataFolder.isOne(options.data())) {
            System.out.println("Cadenza does not run: there is no data in " + options.data() + ".");
            return 0;
        }
        DataFolder data = new DataFolder(options.data().toRealPath());
        // null where somebody starts or runs the stack, who says in the state which process it is
        DataFolder.Lock lock = lockOrSupervisor(data);
        try {
            return stop(data);
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }

    private static int stop(DataFolder data) throws IOException, InterruptedException {
        Optional<StackState> state = StackState.read(data.stateFile());
        Optional<ProcessHandle> supervisor =
                state.flatMap(known -> known.supervisor().find());
        if (state.isEmpty()
                || (supervisor.isEmpty() && state.get().livingParts().isEmpty())) {
            Files.deleteIfExists(data.stateFile());
            System.out.println("Cadenza does not run.");
            return 0;
        }
        supervisor.ifPresent(process -> System.out.println("Stopping Cadenza"));
        Up.stopAll(supervisor.stream().toList(), PATIENCE);
        Up.stopLeftovers(data);
        Files.deleteIfExists(data.stateFile());
        List<ProcessHandle> left = state.get().livingParts();
        System.out.println(left.isEmpty() ? "Cadenza is down." : "These processes do not end: " + left);
        return left.isEmpty() ? 0 : 1;
    }

    private static DataFolder.@Nullable Lock lockOrSupervisor(DataFolder data)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (StackState.read(data.stateFile()).filter(StackState::isRunning).isEmpty()) {
            DataFolder.Lock lock = data.lock();
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new Problem("Cadenza starts just now and cannot be stopped yet; try again in a minute.");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return null;
    }
}
