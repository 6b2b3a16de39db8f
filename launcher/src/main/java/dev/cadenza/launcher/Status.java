package dev.cadenza.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code status}: one line per part, asked for its health now. Exit code 0 only where all are healthy. */
final class Status {

    private final Options options;

    Status(Options options) {
        this.options = options;
    }

    int run() throws IOException {
        Optional<StackState> found = DataFolder.isOne(options.data())
                ? StackState.read(new DataFolder(options.data()).stateFile())
                : Optional.empty();
        if (found.isEmpty()) {
            System.out.println("Cadenza does not run.");
            return 1;
        }
        StackState state = found.get();
        if (!state.isRunning()) {
            int left = state.livingParts().size();
            System.out.println("Cadenza does not run: its supervisor was killed"
                    + (left == 0 ? "." : " and left " + left + " processes; ./cadenza down ends them."));
            return 1;
        }
        HttpHealth health = new HttpHealth();
        boolean allHealthy = true;
        long totalMegabytes = 0;
        System.out.println("%-25s %-11s %8s %9s %9s  %s".formatted("", "", "pid", "uptime", "memory", "address"));
        for (StackState.PartState part : state.parts()) {
            Optional<ProcessHandle> process =
                    Optional.ofNullable(part.process()).flatMap(StackState.Pid::find);
            boolean healthy = process.isPresent() && health.isHealthy(URI.create(part.health()));
            allHealthy &= healthy;
            long megabytes = process.map(Status::residentMegabytes).orElse(0L);
            totalMegabytes += megabytes;
            System.out.println("%-25s %-11s %8s %9s %6d MB  %s%s"
                    .formatted(
                            part.name(),
                            healthy ? "healthy" : word(part, process.isPresent()),
                            process.map(p -> Long.toString(p.pid())).orElse("-"),
                            process.map(Status::uptime).orElse("-"),
                            megabytes,
                            part.address(),
                            remark(part, healthy)));
        }
        System.out.println("%-25s %-11s %8s %9s %6d MB"
                .formatted("all", state.phase().toString().toLowerCase(java.util.Locale.ROOT), "", "", totalMegabytes));
        return allHealthy ? 0 : 1;
    }

    private static String word(StackState.PartState part, boolean alive) {
        return switch (part.condition()) {
            case WAITING -> "waiting";
            case RESTARTING, STOPPED -> "down";
            case STARTING, HEALTHY -> alive ? (part.secondsToHealthy() == null ? "starting" : "not healthy") : "down";
        };
    }

    private static String remark(StackState.PartState part, boolean healthy) {
        @Nullable String trouble = part.trouble();
        String restarts = part.restarts() == 0 ? "" : ", restarted " + part.restarts() + "x";
        return restarts + (healthy || trouble == null ? "" : " (" + trouble + "; log: " + part.log() + ")");
    }

    private static String uptime(ProcessHandle process) {
        Instant start = process.info().startInstant().orElse(Instant.now());
        Duration up = Duration.between(start, Instant.now());
        return up.toHours() > 0
                ? up.toHours() + "h" + up.toMinutesPart() + "m"
                : up.toMinutes() + "m" + up.toSecondsPart() + "s";
    }

    private static long residentMegabytes(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // not Linux, or just ended
        }
    }
}
