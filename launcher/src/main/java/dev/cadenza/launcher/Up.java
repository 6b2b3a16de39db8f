package dev.cadenza.launcher;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code up}: starts the stack and watches it until Ctrl-C or {@code down}. */
final class Up {

    private final Checkout checkout;
    private final Options options;

    Up(Checkout checkout, Options options) {
        this.checkout = checkout;
        this.options = options;
    }

    int run() throws IOException, InterruptedException {
        DataFolder data = DataFolder.open(options.data());
        try (DataFolder.@Nullable Lock lock = data.lock()) {
            if (lock == null) {
                System.out.println(alreadyRunning(data));
                return 0;
            }
            stopLeftovers(data);
            data.sweep();
            data.demandSpace(DataFolder.MINIMUM_FREE);
            Secrets secrets = Secrets.in(data.secrets());
            LocalStack stack = new LocalStack(options.portBase(), data.root(), secrets, options.overrides());
            List<Part> parts = stack.parts();
            demandBuilt(parts);
            Ports.demandFree(parts);
            Launches launches = new Launches(checkout, data, secrets, stack.realmPlaceholders());
            Supervisor supervisor = new Supervisor(
                    parts,
                    data,
                    options.portBase(),
                    launches::of,
                    new HttpHealth(),
                    Supervisor.Patience.NORMAL,
                    System.out::println);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor), "stop"));
            Instant began = Instant.now();
            System.out.println("Starting Cadenza; its data is in " + data.root());
            supervisor.start(healthy -> System.out.println(summary(healthy, began, stack, data)));
            new CountDownLatch(1).await(); // the stop hook ends it
            return 0;
        }
    }

    static String alreadyRunning(DataFolder data) throws IOException {
        Optional<StackState> state = StackState.read(data.stateFile());
        return "Cadenza runs already with its data in " + data.root()
                + state.map(known -> ", gateway http://localhost:" + (known.portBase() + 80))
                        .orElse("")
                + "; ./cadenza status shows its parts.";
    }

    /** A supervisor that was killed leaves its parts behind; they hold the ports and the data. */
    static void stopLeftovers(DataFolder data) throws IOException, InterruptedException {
        Optional<StackState> state = StackState.read(data.stateFile());
        List<ProcessHandle> leftovers = state.map(StackState::livingParts).orElse(List.of());
        if (!leftovers.isEmpty()) {
            System.out.println("Stopping " + leftovers.size() + " processes that an earlier start left behind");
            stopAll(leftovers, Duration.ofSeconds(25));
        }
    }

    static void stopAll(List<ProcessHandle> processes, Duration patience) throws InterruptedException {
        processes.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + patience.toNanos();
        while (processes.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        processes.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }

    private void demandBuilt(List<Part> parts) throws IOException {
        for (Part part : parts) {
            if (part.isSpring() && checkout.applicationJar(part.module()).isEmpty()) {
                throw new Problem(part.module() + " is not built; ./cadenza up builds it.");
            }
        }
    }

    private static String summary(boolean healthy, Instant began, LocalStack stack, DataFolder data) {
        long seconds = Duration.between(began, Instant.now()).toSeconds();
        String first = healthy
                ? "Cadenza is up after %d s.".formatted(seconds)
                : "Cadenza is up in part after %d s; what failed is above and in ./cadenza status.".formatted(seconds);
        return """
                %s
                  API         %s
                  mails       %s
                  admin       %s
                  logs        %s (./cadenza logs SERVICE)
                Ctrl-C or ./cadenza down stops it.""".formatted(
                        first,
                        stack.gatewayUrl(),
                        stack.mailUrl(),
                        Secrets.accountFile(data.secrets()),
                        data.root().resolve("logs"));
    }

    private static void stop(Supervisor supervisor) {
        System.out.println("Stopping Cadenza");
        long began = System.nanoTime();
        supervisor.stop();
        System.out.println("Stopped after %.1f s".formatted((System.nanoTime() - began) / 1e9));
    }
}
