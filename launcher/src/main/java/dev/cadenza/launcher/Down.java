package dev.cadenza.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code down}: stops the stack, also what is left of one whose supervisor was killed. */
final class Down {

    /** Longer than the supervisor gives all of its parts together. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

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
}
