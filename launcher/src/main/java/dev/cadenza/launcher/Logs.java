package dev.cadenza.launcher;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code logs [-f] [SERVICE]}: the end of one log or of all. */
final class Logs {

    /** How much of the end of a log is shown, bytes. */
    private static final int TAIL = 16_384;

    private final Options options;

    Logs(Options options) {
        this.options = options;
    }

    int run() throws IOException, InterruptedException {
        Path folder = options.data().resolve("logs");
        if (!Files.isDirectory(folder)) {
            throw new Problem("There are no logs in " + options.data() + ".");
        }
        Map<Path, Long> shown = new LinkedHashMap<>();
        for (Path log : logs(folder)) {
            long size = Files.size(log);
            heading(log, size > 0);
            shown.put(log, show(log, Math.max(0, size - TAIL), size > TAIL));
        }
        Path last = null;
        while (options.follow()) {
            for (Map.Entry<Path, Long> log : shown.entrySet()) {
                long size = Files.exists(log.getKey()) ? Files.size(log.getKey()) : 0;
                if (size < log.getValue()) {
                    log.setValue(0L); // put aside at a restart
                }
                if (size > log.getValue()) {
                    heading(log.getKey(), !log.getKey().equals(last));
                    last = log.getKey();
                    log.setValue(show(log.getKey(), log.getValue(), false));
                }
            }
            TimeUnit.MILLISECONDS.sleep(300);
        }
        return 0;
    }

    private List<Path> logs(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
        if (options.operands().isEmpty()) {
            return all;
        }
        String wanted = options.operands().getFirst() + ".log";
        return List.of(all.stream()
                .filter(file -> file.getFileName().toString().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Problem("There is no log of "
                        + options.operands().getFirst()
                        + "; there are "
                        + String.join(
                                ", ",
                                all.stream()
                                        .map(file ->
                                                file.getFileName().toString().replace(".log", ""))
                                        .toList())
                        + ".")));
    }

    private void heading(Path log, boolean show) {
        if (show && options.operands().isEmpty()) {
            System.out.println("==> " + log + " <==");
        }
    }

    private static long show(Path log, long from, boolean fromNextLine) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            channel.position(from);
            var in = Channels.newInputStream(channel);
            if (fromNextLine) {
                int next = in.read();
                while (next >= 0 && next != '\n') {
                    next = in.read();
                }
            }
            in.transferTo(System.out);
            System.out.flush();
            return channel.position();
        }
    }
}
