package dev.cadenza.platform.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program with a clean environment and limits on time, memory and output, and never leaves it behind: it dies
 * with a cancellation, an interrupt, the timeout and the end of this JVM. (After a {@code kill -9} of the JVM its CPU
 * limit ends it.)
 */
final class ChildProcess {

    private static final Set<Process> LIVE = ConcurrentHashMap.newKeySet();
    private static final int STDERR_KEPT = 16 * 1024;
    private static final long POLL_MILLIS = 50;
    /** Later than we end it: for when nobody is there to do so. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration LAST_OUTPUT = Duration.ofSeconds(30);

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> LIVE.forEach(Process::destroyForcibly), "ffmpeg-children"));
    }

    private final AudioSettings settings;

    ChildProcess(AudioSettings settings) {
        this.settings = settings;
    }

    /**
     * How it ended.
     *
     * @param stdout the last bytes of it, as many as were asked for
     * @param overflow whether there was more
     */
    record Ended(int exit, String stdout, boolean overflow, String stderr) {}

    /** Takes what a program writes while it runs, on a thread of its own; where it fails the program is ended. */
    @FunctionalInterface
    interface Output {
        void take(byte[] bytes, int count);
    }

    /** The time was up. */
    static class TimedOutException extends IOException {
        private static final long serialVersionUID = 1L;

        TimedOutException(Duration limit) {
            super("the audio program took longer than " + limit.toSeconds() + " s");
        }
    }

    /** It had the processor for longer than it may, however busy the machine is. */
    static final class TooMuchWorkException extends TimedOutException {
        private static final long serialVersionUID = 1L;

        TooMuchWorkException(Duration limit) {
            super(limit);
        }
    }

    /**
     * Runs to the end.
     *
     * @param stdoutKept bytes of standard output to keep, the last ones
     * @throws CancellationException once the cancellation was seen
     */
    Ended run(Path program, List<String> arguments, int stdoutKept, Duration timeout, Cancellation cancellation)
            throws IOException {
        return run(program, arguments, stdoutKept, timeout, settings.cpuTimeout(), cancellation);
    }

    /** The same with less time of the processor than the settings allow. */
    Ended run(
            Path program,
            List<String> arguments,
            int stdoutKept,
            Duration timeout,
            Duration cpuTimeout,
            Cancellation cancellation)
            throws IOException {
        Tail stdout = new Tail(stdoutKept);
        Ended ended = run(program, arguments, stdout, timeout, cpuTimeout, cancellation);
        return new Ended(ended.exit(), stdout.text(), stdout.overflow(), ended.stderr());
    }

    /** The same, with its standard output for whoever wants it; the one in the answer is empty. */
    Ended run(Path program, List<String> arguments, Output stdout, Duration timeout, Cancellation cancellation)
            throws IOException {
        return run(program, arguments, stdout, timeout, settings.cpuTimeout(), cancellation);
    }

    private Ended run(
            Path program,
            List<String> arguments,
            Output stdout,
            Duration timeout,
            Duration cpuTimeout,
            Cancellation cancellation)
            throws IOException {
        if (cancellation.isCancelled()) {
            throw new CancellationException("cancelled before it began");
        }
        ProcessBuilder builder = new ProcessBuilder(limited(program, arguments));
        builder.environment().clear();
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.directory(Path.of(System.getProperty("java.io.tmpdir")).toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process = builder.start();
        LIVE.add(process);
        try {
            Tail stderr = new Tail(STDERR_KEPT);
            Drain out = new Drain(process.getInputStream(), stdout);
            Drain err = new Drain(process.getErrorStream(), stderr);
            await(process, timeout, cpuTimeout, cancellation);
            out.finish();
            err.finish();
            return new Ended(process.exitValue(), "", false, stderr.text());
        } finally {
            kill(process);
            LIVE.remove(process);
        }
    }

    private static void await(Process process, Duration timeout, Duration cpuTimeout, Cancellation cancellation)
            throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (cancellation.isCancelled()) {
                    throw new CancellationException("cancelled");
                }
                if (System.nanoTime() - end > 0) {
                    throw new TimedOutException(timeout);
                }
                Duration worked = process.info().totalCpuDuration().orElse(Duration.ZERO);
                if (worked.compareTo(cpuTimeout) > 0) {
                    throw new TooMuchWorkException(cpuTimeout);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static void kill(Process process) {
        if (!process.isAlive()) {
            return;
        }
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> limited(Path program, List<String> arguments) {
        // a limit that this system does not know is left out; the shell becomes the program, so there is one process
        String script = "umask 077; ulimit -c 0 2>/dev/null; ulimit -v "
                + settings.memory().toKilobytes()
                + " 2>/dev/null; ulimit -t "
                + settings.cpuTimeout().plus(GRACE).toSeconds() + " 2>/dev/null; ulimit -f "
                + settings.maxOutput().toBytes() / 512 + " 2>/dev/null; exec \"$@\"";
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "cadenza-audio", program.toString()));
        command.addAll(arguments);
        return command;
    }

    /** Reads a stream to its end. */
    private static final class Drain {
        private final Thread thread;
        private @Nullable RuntimeException failure;

        Drain(InputStream stream, Output output) {
            this.thread = Thread.ofPlatform().daemon().name("ffmpeg-output").start(() -> drain(stream, output));
        }

        private void drain(InputStream stream, Output output) {
            byte[] buffer = new byte[8192];
            try (stream) {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    output.take(buffer, n);
                }
            } catch (IOException e) {
                // the process was killed: what was read is what there is
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        /** Waits for what is still in the pipe. */
        void finish() throws IOException {
            try {
                if (!thread.join(LAST_OUTPUT)) {
                    throw new TimedOutException(LAST_OUTPUT);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** Keeps the end. */
    private static final class Tail implements Output {
        private final byte[] ring;
        private long total;

        Tail(int kept) {
            this.ring = new byte[kept];
        }

        @Override
        public void take(byte[] bytes, int count) {
            for (int i = 0; i < count; i++) {
                ring[(int) (total++ % ring.length)] = bytes[i];
            }
        }

        String text() {
            int length = (int) Math.min(total, ring.length);
            byte[] last = new byte[length];
            for (int i = 0; i < length; i++) {
                last[i] = ring[(int) ((total - length + i) % ring.length)];
            }
            return new String(last, StandardCharsets.UTF_8);
        }

        boolean overflow() {
            return total > ring.length;
        }
    }
}
