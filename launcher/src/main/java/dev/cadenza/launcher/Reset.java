package dev.cadenza.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** {@code reset}: deletes everything that a stack keeps. */
final class Reset {

    private final Options options;

    Reset(Options options) {
        this.options = options;
    }

    int run() throws IOException {
        if (!DataFolder.isOne(options.data())) {
            System.out.println("There is no data in " + options.data() + ".");
            return 0;
        }
        DataFolder data = new DataFolder(options.data().toRealPath());
        // a stack that starts has no state yet, but it has the lock
        try (DataFolder.@Nullable Lock lock = data.lock()) {
            if (lock == null || hasProcesses(data)) {
                throw new Problem("Cadenza runs with this data or starts just now; stop it first with ./cadenza down.");
            }
            if (!options.yes() && !confirmed(data)) {
                System.out.println("Nothing was deleted.");
                return 1;
            }
            data.delete();
        }
        System.out.println("Deleted " + data.root());
        return 0;
    }

    private static boolean hasProcesses(DataFolder data) throws IOException {
        return StackState.read(data.stateFile())
                .filter(known -> known.isRunning() || !known.livingParts().isEmpty())
                .isPresent();
    }

    private static boolean confirmed(DataFolder data) throws IOException {
        System.out.print("Delete all accounts, tracks and files in " + data.root() + "? Type yes: ");
        System.out.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return answer != null && answer.strip().equalsIgnoreCase("yes");
    }
}
