package dev.cadenza.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a running stack tells the other commands, in {@code run/state.json}.
 *
 * @param supervisor the process that watches the others
 * @param portBase its port base
 * @param phase how far it is
 * @param startedAt when it was started
 * @param parts its parts in the order of starting
 */
record StackState(Pid supervisor, int portBase, Phase phase, Instant startedAt, List<PartState> parts) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** How far a stack is. */
    enum Phase {
        STARTING,
        /** Every part was healthy once. */
        UP,
        /** Every part was tried; some failed. */
        DEGRADED,
        STOPPING
    }

    /** How far a part is. */
    enum Condition {
        WAITING,
        STARTING,
        HEALTHY,
        /** Ended by itself, and is started again after a pause. */
        RESTARTING,
        STOPPED
    }

    /**
     * A process that cannot be mistaken for a later one with the same number.
     *
     * @param number process id
     * @param startedAt when it was started
     */
    record Pid(long number, Instant startedAt) {

        static Pid of(ProcessHandle process) {
            return new Pid(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
        }

        /** The process, while it lives. */
        Optional<ProcessHandle> find() {
            return ProcessHandle.of(number)
                    .filter(ProcessHandle::isAlive)
                    // the system's clock may have been set since: its start is known to about a second
                    .filter(process -> Duration.between(
                                            startedAt,
                                            process.info().startInstant().orElse(Instant.EPOCH))
                                    .abs()
                                    .toSeconds()
                            < 3);
        }
    }

    /**
     * One part.
     *
     * @param name its name
     * @param address where it is found
     * @param health address that answers 200 when it is ready
     * @param condition how far it is
     * @param process its process, while there is one
     * @param secondsToHealthy of its first start
     * @param restarts how often it was started again
     * @param trouble what went wrong last
     * @param log its log file
     */
    record PartState(
            String name,
            String address,
            String health,
            Condition condition,
            @Nullable Pid process,
            @Nullable Double secondsToHealthy,
            int restarts,
            @Nullable String trouble,
            String log) {}

    static Optional<StackState> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), StackState.class));
        } catch (JacksonException e) {
            return Optional.empty(); // of another version; its processes are not known any more
        }
    }

    /** Where a part of the running stack listens. */
    static String addressOf(String part, Options options) throws IOException {
        Optional<StackState> state =
                DataFolder.isOne(options.data()) ? read(new DataFolder(options.data()).stateFile()) : Optional.empty();
        return state.filter(StackState::isRunning)
                .flatMap(running -> running.parts().stream()
                        .filter(each -> each.name().equals(part))
                        .findFirst())
                .map(PartState::address)
                .orElseThrow(() -> new Problem("Cadenza does not run; start it with ./cadenza up."));
    }

    void write(Path file) throws IOException {
        Secrets.writePrivately(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    }

    boolean isRunning() {
        return supervisor.find().isPresent();
    }

    /** Processes of parts that live although nobody watches them. */
    List<ProcessHandle> livingParts() {
        return parts.stream()
                .flatMap(part -> Optional.ofNullable(part.process()).flatMap(Pid::find).stream())
                .toList();
    }
}
