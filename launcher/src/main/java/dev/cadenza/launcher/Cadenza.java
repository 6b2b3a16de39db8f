package dev.cadenza.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The commands behind {@code ./cadenza}. Exit codes: 0 done, 1 something failed, 2 a mistake in the command. */
public final class Cadenza {

    private Cadenza() {}

    /** Runs one command. */
    public static void main(String[] arguments) throws Exception {
        int exit;
        try {
            exit = run(List.of(arguments));
        } catch (Problem e) {
            System.err.println(e.getMessage());
            exit = 2;
        }
        System.out.flush();
        System.exit(exit);
    }

    private static int run(List<String> arguments) throws IOException, InterruptedException {
        Checkout checkout = Checkout.find();
        Options options = Options.parse(arguments, checkout.root(), Path.of("").toAbsolutePath());
        return switch (options.command()) {
            case "up" -> options.detach() ? new DetachedUp(checkout, options).run() : new Up(checkout, options).run();
            case "demo" -> new DemoCommand(checkout, options).run();
            case "down" -> new Down(options).run();
            case "status" -> new Status(options).run();
            case "logs" -> new Logs(options).run();
            case "audit" -> new Audit(options).run();
            case "search" -> new Search(options).run();
            case "reset" -> new Reset(options).run();
            default -> throw new Problem("There is no command " + options.command() + "; ./cadenza help lists them.");
        };
    }
}
