package dev.cadenza.auth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A real Keycloak with the platform's realm, one per JVM, behind a wire that tests can cut. Built once and kept below
 * {@code target}.
 */
final class TestKeycloak {

    static final String VEZA_SECRET = "veza-test-secret";
    static final String AUDIONOVA_SECRET = "audionova-test-secret";
    static final String PROCESSING_SECRET = "processing-test-secret";
    static final String ADMIN_SECRET = "auth-service-test-secret";

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path REALM =
            Path.of("..", "launcher", "src", "main", "resources", "keycloak", "cadenza-realm.json");
    private static final List<String> BUILD =
            List.of("build", "--db=dev-mem", "--health-enabled=true", "--metrics-enabled=false");

    private TestKeycloak() {}

    static String url() {
        return "http://localhost:" + Running.WIRE.port();
    }

    /** Connections break and none can be made, as if Keycloak were gone. */
    static void cut() {
        Running.WIRE.cut();
    }

    /** Ends {@link #cut}. */
    static void mend() {
        Running.WIRE.mend();
    }

    /** It hangs: takes connections and says nothing. */
    static void freeze() {
        Running.WIRE.freeze();
    }

    /** Ends {@link #freeze}; what it was asked meanwhile, it does now. */
    static void thaw() {
        Running.WIRE.thaw();
    }

    private static final class Running {

        static final CuttableWire WIRE;

        static {
            try {
                Path distribution = distribution();
                build(distribution);
                int port = freePort();
                int management = freePort();
                WIRE = new CuttableWire(port);
                start(distribution, port, management);
                awaitHealth(management);
            } catch (IOException | InterruptedException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private static Path distribution() throws IOException {
            try (Stream<Path> folders = Files.list(TARGET.resolve("keycloak"))) {
                return folders.filter(folder -> Files.exists(folder.resolve("lib/quarkus-run.jar")))
                        .findFirst()
                        .orElseThrow();
            }
        }

        private static void build(Path distribution) throws IOException, InterruptedException {
            Path marker = distribution.resolve(".built-for-tests");
            try (FileChannel channel = FileChannel.open(
                            distribution.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid() || Files.exists(marker)) {
                    return;
                }
                List<String> command = java(distribution, distribution);
                command.addAll(BUILD);
                int exit = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(TARGET.resolve("keycloak-build.log").toFile())
                        .start()
                        .waitFor();
                if (exit != 0) {
                    throw new IOException("kc build: exit code " + exit + ", see target/keycloak-build.log");
                }
                Files.createFile(marker);
            }
        }

        private static void start(Path distribution, int port, int management) throws IOException {
            Path home = Files.createTempDirectory(TARGET, "keycloak-home-");
            Files.createSymbolicLink(home.resolve("lib"), distribution.resolve("lib"));
            Files.createDirectories(home.resolve("conf"));
            Path imports = Files.createDirectories(home.resolve("data/import"));
            Files.copy(REALM, imports.resolve("cadenza-realm.json"), StandardCopyOption.REPLACE_EXISTING);
            List<String> command = java(distribution, home);
            command.addAll(List.of(
                    "start",
                    "--optimized",
                    "--import-realm",
                    "--http-enabled=true",
                    "--http-host=127.0.0.1",
                    "--cache=local",
                    "--log-console-color=false",
                    "--http-port=" + port,
                    "--http-management-port=" + management,
                    "--hostname=http://localhost:" + WIRE.port()));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(TARGET.resolve("keycloak.log").toFile());
            builder.environment().put("CADENZA_VEZA_SECRET", VEZA_SECRET);
            builder.environment().put("CADENZA_AUDIONOVA_SECRET", AUDIONOVA_SECRET);
            builder.environment().put("CADENZA_PROCESSING_SECRET", PROCESSING_SECRET);
            builder.environment().put("CADENZA_AUTH_SERVICE_SECRET", ADMIN_SECRET);
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                process.destroyForcibly();
                try {
                    process.waitFor();
                    FileSystemUtils.deleteRecursively(home);
                } catch (InterruptedException | IOException e) {
                    System.err.println("left behind: " + home);
                }
            }));
        }

        private static void awaitHealth(int management) throws IOException, InterruptedException {
            HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            Instant deadline = Instant.now().plusSeconds(120);
            try (HttpClient client = HttpClient.newHttpClient()) {
                while (Instant.now().isBefore(deadline)) {
                    try {
                        if (client.send(health, HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                == 200) {
                            return;
                        }
                    } catch (IOException notYet) {
                        // asked again below
                    }
                    Thread.sleep(200);
                }
            }
            throw new IOException("Keycloak did not become ready, see target/keycloak.log");
        }

        private static List<String> java(Path distribution, Path home) {
            return new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xms64m",
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dkc.home.dir=" + home,
                    "-Djboss.server.config.dir=" + home.resolve("conf"),
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                    "-Dpicocli.disable.closures=true",
                    "-Dquarkus-log-max-startup-records=10000",
                    "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                            + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                    "--add-opens=java.base/java.security=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "-cp",
                    distribution.resolve("lib/quarkus-run.jar").toString(),
                    "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                return socket.getLocalPort();
            }
        }
    }
}
