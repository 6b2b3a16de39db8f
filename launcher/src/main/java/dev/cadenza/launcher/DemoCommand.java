package dev.cadenza.launcher;

import dev.cadenza.launcher.demo.Demo;
import dev.cadenza.launcher.demo.DemoFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code demo [AUDIOFILE]}: walks through the running stack, or through one that it starts and leaves running. */
final class DemoCommand {

    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Checkout checkout;
    private final Options options;

    DemoCommand(Checkout checkout, Options options) {
        this.checkout = checkout;
        this.options = options;
    }

    int run() throws IOException, InterruptedException {
        Optional<Path> audio = audio();
        DataFolder data = DataFolder.open(options.data());
        if (new DetachedUp(checkout, options).run() != 0) {
            return 1;
        }
        StackState state = up(data);
        String gateway = "http://localhost:" + (state.portBase() + 80);
        String mails = "http://localhost:" + (state.portBase() + 25);
        Path folder = data.root().resolve("demo").resolve(LocalDateTime.now().format(FOLDER));
        try {
            new Demo(URI.create(gateway), URI.create(mails), folder, audio, System.out).run();
        } catch (DemoFailedException e) {
            System.out.println();
            System.out.println("The demo failed: " + e.getMessage());
            System.out.println("The platform is left running; its logs are in "
                    + data.root().resolve("logs") + ".");
            return 1;
        }
        System.out.println("""

                The platform is left running:
                  API    %s
                  mails  %s
                  ./cadenza status, ./cadenza logs, ./cadenza down""".formatted(gateway, mails));
        return 0;
    }

    private Optional<Path> audio() {
        if (options.operands().isEmpty()) {
            return Optional.empty();
        }
        Path file = Path.of("").toAbsolutePath().resolve(options.operands().getFirst());
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Problem("There is no file " + file + ".");
        }
        return Optional.of(file);
    }

    /** It may just be starting in another terminal. */
    private static StackState up(DataFolder data) throws IOException, InterruptedException {
        while (true) {
            StackState state = StackState.read(data.stateFile())
                    .filter(StackState::isRunning)
                    .orElseThrow(() -> new Problem("Cadenza was stopped meanwhile."));
            switch (state.phase()) {
                case UP -> {
                    return state;
                }
                case DEGRADED ->
                    throw new Problem("Not every part of Cadenza is healthy; ./cadenza status says which.");
                case STOPPING -> throw new Problem("Cadenza is being stopped.");
                case STARTING -> TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }
}
