package dev.cadenza.launcher;

import dev.cadenza.launcher.StackState.Condition;
import dev.cadenza.launcher.StackState.PartState;
import dev.cadenza.launcher.StackState.Phase;
import dev.cadenza.launcher.StackState.Pid;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts the parts in the order of their needs, a few at a time, waits for each to be healthy, and starts again,
 * after a growing pause, what ends by itself.
 */
final class Supervisor {

    /** How a part becomes a process; slow the first time. */
    interface Starter {
        Launch launch(Part part) throws IOException, InterruptedException;
    }

    /** Whether a part answers at its health address that it is ready. */
    interface HealthCheck {
        boolean isHealthy(URI health);
    }

    /**
     * How patient it is.
     *
     * @param healthy a part that is not healthy after this is reported; it is not given up
     * @param poll between two looks at a part that starts
     * @param firstPause before the first restart; doubles from there
     * @param longestPause between restarts
     * @param steady a part that was healthy this long starts again with the first pause
     * @param stop a part that has not ended after this is killed
     */
    record Patience(
            Duration healthy,
            Duration poll,
            Duration firstPause,
            Duration longestPause,
            Duration steady,
            Duration stop) {

        static final Patience NORMAL = new Patience(
                Duration.ofSeconds(300),
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(25));
    }

    /** What of this process's environment the parts may see: their settings come from here, not from outside. */
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "SHELL");

    /** A log larger than this is put aside, bytes. */
    private static final long LOG_LIMIT = 20L << 20;

    private static final Duration LOG_LOOK = Duration.ofMinutes(1);

    private final List<Part> parts;
    private final DataFolder data;
    private final int portBase;
    private final Starter starter;
    private final HealthCheck health;
    private final Patience patience;
    private final Consumer<String> console;

    private final Instant startedAt = Instant.now();
    private final Pid self = Pid.of(ProcessHandle.current());
    private final Map<String, Watch> watches = new LinkedHashMap<>();
    private final Semaphore starts;
    private final CountDownLatch firstOutcomes;
    private final Thread logs = Thread.ofVirtual().name("logs").unstarted(this::watchLogs);
    private Phase phase = Phase.STARTING;
    private volatile boolean stopping;

    Supervisor(
            List<Part> parts,
            DataFolder data,
            int portBase,
            Starter starter,
            HealthCheck health,
            Patience patience,
            Consumer<String> console) {
        this.parts = List.copyOf(parts);
        this.data = data;
        this.portBase = portBase;
        this.starter = starter;
        this.health = health;
        this.patience = patience;
        this.console = console;
        // more at once than there are processors only makes each of them late
        this.starts = new Semaphore(Runtime.getRuntime().availableProcessors() + 1, true);
        this.firstOutcomes = new CountDownLatch(parts.size());
        for (Part part : parts) {
            watches.put(part.name(), new Watch(part));
        }
    }

    /**
     * Starts everything and returns when each part is healthy or has failed.
     *
     * @param outcome told whether all are healthy, before other processes see that the start is over
     */
    void start(Consumer<Boolean> outcome) throws InterruptedException {
        save();
        for (Watch watch : watches.values()) {
            watch.thread.start();
        }
        logs.start();
        firstOutcomes.await();
        boolean healthy = allHealthy();
        outcome.accept(healthy);
        enter(healthy ? Phase.UP : Phase.DEGRADED);
    }

    private boolean allHealthy() {
        return watches.values().stream().allMatch(watch -> watch.condition == Condition.HEALTHY);
    }

    /** Stops everything, the last part first, and returns when nothing is left. */
    void stop() {
        stopping = true;
        logs.interrupt();
        enter(Phase.STOPPING);
        for (List<Watch> wave : waves()) {
            stop(wave);
        }
        try {
            Files.deleteIfExists(data.stateFile());
        } catch (IOException e) {
            console.accept("The state file stays behind: " + e.getMessage());
        }
    }

    private void watchLogs() {
        try {
            while (!stopping) {
                Thread.sleep(LOG_LOOK);
                putAsideLogsAbove(LOG_LIMIT);
            }
        } catch (InterruptedException e) {
            // the stack stops
        }
    }

    /** @param limit bytes */
    void putAsideLogsAbove(long limit) {
        for (Watch watch : watches.values()) {
            try {
                watch.putLogAside(limit);
            } catch (IOException e) {
                console.accept("The log %s cannot be put aside: %s".formatted(watch.log, e.getMessage()));
            }
        }
    }

    /** Parts that nothing else needs come first; each wave is stopped at once. */
    private List<List<Watch>> waves() {
        List<List<Watch>> waves = new ArrayList<>();
        List<Watch> left = new ArrayList<>(watches.values());
        while (!left.isEmpty()) {
            List<Watch> wave = left.stream()
                    .filter(watch ->
                            left.stream().noneMatch(other -> other.part.needs().contains(watch.part.name())))
                    .toList();
            // needs that go round in a circle would never end
            List<Watch> next = wave.isEmpty() ? List.copyOf(left) : wave;
            waves.add(next);
            left.removeAll(next);
        }
        return waves;
    }

    private void stop(List<Watch> wave) {
        List<Process> processes = new ArrayList<>();
        for (Watch watch : wave) {
            watch.thread.interrupt();
            Process process = watch.currentProcess();
            if (process != null && process.isAlive()) {
                process.destroy();
                processes.add(process);
            }
        }
        long deadline = System.nanoTime() + patience.stop.toNanos();
        for (Process process : processes) {
            try {
                if (!process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        for (Watch watch : wave) {
            watch.condition = Condition.STOPPED;
        }
        save();
    }

    private synchronized void enter(Phase next) {
        if (phase != Phase.STOPPING) {
            phase = next;
        }
        save();
    }

    /** A part that failed at first may get well later. */
    private synchronized void improve() {
        if (phase == Phase.DEGRADED && allHealthy()) {
            enter(Phase.UP);
        }
    }

    private synchronized void save() {
        List<PartState> states = watches.values().stream().map(Watch::state).toList();
        try {
            new StackState(self, portBase, phase, startedAt, states).write(data.stateFile());
        } catch (IOException e) {
            console.accept("The state cannot be written: " + e.getMessage());
        }
    }

    /** Follows one part for as long as the stack runs. */
    private final class Watch implements Runnable {

        private final Part part;
        private final Path log;
        private final Thread thread;
        private final CountDownLatch healthyOnce = new CountDownLatch(1);
        private volatile Condition condition = Condition.WAITING;
        private volatile @Nullable Double secondsToHealthy;
        private volatile int restarts;
        private volatile @Nullable String trouble;
        private @Nullable Process process;
        private boolean reported;
        private boolean counted;

        Watch(Part part) {
            this.part = part;
            this.log = data.logOf(part.name());
            this.thread = Thread.ofVirtual().name("watch-" + part.name()).unstarted(this);
        }

        synchronized @Nullable Process currentProcess() {
            return process;
        }

        PartState state() {
            Process current = currentProcess();
            Pid pid = current == null || !current.isAlive() ? null : Pid.of(current.toHandle());
            return new PartState(
                    part.name(),
                    part.address(),
                    part.health().toString(),
                    condition,
                    pid,
                    secondsToHealthy,
                    restarts,
                    trouble,
                    log.toString());
        }

        @Override
        public void run() {
            try {
                for (String need : part.needs()) {
                    Watch needed = watches.get(need);
                    if (needed != null) {
                        needed.healthyOnce.await();
                    }
                }
                Duration pause = patience.firstPause;
                while (!stopping) {
                    long healthyFor = once();
                    if (stopping) {
                        return;
                    }
                    pause = healthyFor > patience.steady.toMillis() ? patience.firstPause : pause;
                    change(Condition.RESTARTING, trouble);
                    restarts++;
                    Thread.sleep(pause);
                    pause = min(pause.multipliedBy(2), patience.longestPause);
                }
            } catch (InterruptedException e) {
                // the stack stops
            }
        }

        /** From start to end of one process; returns how long it was healthy, milliseconds. */
        private long once() throws InterruptedException {
            boolean first = healthyOnce.getCount() > 0;
            if (first) {
                starts.acquire();
            }
            boolean holdsStart = first;
            long began = System.nanoTime();
            long healthySince = 0;
            try {
                change(Condition.STARTING, null);
                Launch launch = starter.launch(part);
                began = System.nanoTime();
                Process started = spawn(launch);
                change(Condition.STARTING, null);
                while (started.isAlive() && !stopping) {
                    if (health.isHealthy(part.health())) {
                        healthySince = System.nanoTime();
                        healthy((healthySince - began) / 1e9);
                        if (holdsStart) {
                            starts.release();
                            holdsStart = false;
                        }
                        break;
                    }
                    if (!reported && System.nanoTime() - began > patience.healthy.toNanos()) {
                        outcome("is not healthy after " + patience.healthy.toSeconds() + " s");
                    }
                    started.waitFor(patience.poll.toNanos(), TimeUnit.NANOSECONDS);
                }
                int exit = started.waitFor();
                if (!stopping) {
                    ended(exit, healthySince > 0);
                }
            } catch (IOException | Problem e) {
                outcome("cannot be started: " + e.getMessage());
            } finally {
                if (holdsStart) {
                    starts.release();
                }
            }
            return healthySince == 0 ? 0 : (System.nanoTime() - healthySince) / 1_000_000;
        }

        private synchronized Process spawn(Launch launch) throws IOException, InterruptedException {
            if (stopping) {
                throw new InterruptedException("the stack stops");
            }
            putLogAside(LOG_LIMIT);
            File output = log.toFile();
            ProcessBuilder builder = new ProcessBuilder(ignoringCtrlC(launch.command()))
                    .directory(launch.workingDirectory().toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output));
            builder.environment().keySet().retainAll(ENVIRONMENT);
            builder.environment().putAll(launch.environment());
            Process started = builder.start();
            process = started;
            return started;
        }

        /**
         * The part goes on writing to the same file, whose end is its beginning then. What it writes between the two
         * steps is lost.
         */
        private synchronized void putLogAside(long limit) throws IOException {
            if (Files.exists(log) && Files.size(log) > limit) {
                Files.copy(log, data.logOf(part.name() + ".1"), StandardCopyOption.REPLACE_EXISTING);
                FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                        .close();
            }
        }

        private void healthy(double seconds) {
            boolean first = secondsToHealthy == null;
            if (first) {
                secondsToHealthy = Math.round(seconds * 10) / 10.0;
            }
            change(Condition.HEALTHY, null);
            console.accept("  %-25s healthy %s %5.1f s   %s"
                    .formatted(part.name(), first ? "after" : "again", seconds, part.address()));
            healthyOnce.countDown();
            firstOutcome();
            improve();
        }

        private void ended(int exit, boolean wasHealthy) {
            String how = exit > 128 ? "was killed by signal " + (exit - 128) : "ended with exit code " + exit;
            if (wasHealthy) {
                trouble = how;
                console.accept("  %-25s %s and is started again; log: %s".formatted(part.name(), how, log));
            } else {
                outcome(how + " before it was healthy");
            }
        }

        /** A first failure is reported once; the part is tried again all the same. */
        private void outcome(String what) {
            change(condition, what);
            if (!reported) {
                reported = true;
                console.accept("  %-25s FAILED: %s %s; log: %s".formatted(part.name(), part.name(), what, log));
            }
            firstOutcome();
            blockOthers();
        }

        private void blockOthers() {
            for (Watch other : watches.values()) {
                if (other.part.needs().contains(part.name()) && other.trouble == null) {
                    other.trouble = "waits for " + part.name();
                    other.firstOutcome();
                    other.blockOthers();
                }
            }
        }

        private synchronized void firstOutcome() {
            if (!counted) {
                counted = true;
                firstOutcomes.countDown();
            }
        }

        private void change(Condition next, @Nullable String what) {
            condition = next;
            trouble = what;
            save();
        }
    }

    /**
     * Ctrl-C reaches every process of the terminal at once; the parts leave it to this one, which stops them in order.
     */
    static List<String> ignoringCtrlC(List<String> command) {
        List<String> wrapped = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        wrapped.addAll(command);
        return wrapped;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
