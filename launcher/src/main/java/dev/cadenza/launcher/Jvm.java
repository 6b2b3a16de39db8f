package dev.cadenza.launcher;

import java.nio.file.Path;
import java.util.List;

/** The flags that every JVM of the local stack gets: many small processes on one small machine. */
final class Jvm {

    private Jvm() {}

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static List<String> command(int heapMegabytes) {
        return List.of(
                java().toString(),
                "-Xms32m",
                "-Xmx" + heapMegabytes + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                // keeps its files out of the system's temporary folder
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }
}
