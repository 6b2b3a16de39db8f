package dev.cadenza.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Keycloak's distribution is prepared and run: by its own entry point, without its shell script in between. */
final class Keycloak {

    private static final String REALM = "/keycloak/cadenza-realm.json";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)}");
    private static final List<String> BUILD_OPTIONS =
            List.of("--db=dev-file", "--health-enabled=true", "--metrics-enabled=true");

    private final Path distribution;

    Keycloak(Path distribution) {
        this.distribution = distribution;
    }

    /**
     * Bakes the build options in, once per checkout (half a minute), so that every start is a fast one. Two stacks that
     * start at once wait for each other.
     */
    void build() throws IOException, InterruptedException {
        Path marker = distribution.resolve(".cadenza-built");
        String built = String.join(" ", BUILD_OPTIONS);
        try (FileChannel channel = FileChannel.open(
                        distribution.resolve(".cadenza-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()
                    || (Files.exists(marker) && Files.readString(marker).equals(built))) {
                return;
            }
            List<String> command = new ArrayList<>(java(distribution, 512));
            command.add("build");
            command.addAll(BUILD_OPTIONS);
            Path log = distribution.resolve("cadenza-build.log");
            Process process = new ProcessBuilder(command)
                    .directory(distribution.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new Problem("Keycloak could not be built (exit code " + exit + "); its log is " + log + ".");
            }
            Files.writeString(marker, built);
        }
    }

    /** The command of {@code home}'s server; the realm is imported where it does not exist yet. */
    List<String> command(Path home, int heapMegabytes, Map<String, String> settings) {
        List<String> command = new ArrayList<>(java(home, heapMegabytes));
        command.addAll(List.of("start", "--optimized", "--import-realm", "--http-enabled=true"));
        command.addAll(List.of("--http-host=127.0.0.1", "--cache=local", "--log-console-color=false"));
        // without the delay of half a second that H2 puts between a commit and the disk
        command.add("--db-url=jdbc:h2:file:" + home.resolve("data/h2/keycloakdb")
                + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0");
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }

    /** Makes a home of its own for one stack: its database, and the realm with its secrets where it is imported from. */
    void makeHome(Path home, Map<String, String> placeholders) throws IOException {
        Path lib = home.resolve("lib");
        Files.deleteIfExists(lib);
        // it looks for its build options below its home
        Files.createSymbolicLink(lib, distribution.resolve("lib"));
        try (InputStream in = Keycloak.class.getResourceAsStream(REALM)) {
            if (in == null) {
                throw new IOException("the realm file " + REALM + " is not in the launcher");
            }
            Path folder = Files.createDirectories(home.resolve("data/import"));
            Files.createDirectories(home.resolve("conf"));
            String realm = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Secrets.writePrivately(folder.resolve("cadenza-realm.json"), fill(realm, placeholders));
        }
    }

    /** Keycloak's own placeholders, such as {@code ${role_admin}}, stay as they are. */
    static String fill(String realm, Map<String, String> placeholders) {
        return PLACEHOLDER
                .matcher(realm)
                .replaceAll(
                        found -> Matcher.quoteReplacement(placeholders.getOrDefault(found.group(1), found.group())));
    }

    private List<String> java(Path home, int heapMegabytes) {
        List<String> command = new ArrayList<>(Jvm.command(heapMegabytes));
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Duser.language=en",
                "-Duser.country=US",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                distribution.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        return command;
    }
}
