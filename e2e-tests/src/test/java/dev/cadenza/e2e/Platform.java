package dev.cadenza.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * The whole system, launched once for all tests of this JVM with the command that a person uses, on its own ports and in
 * its own data folder; stopped when the last test has ended.
 */
final class Platform {

    static final Path ROOT = Path.of(System.getProperty("cadenza.root"));
    private static final Path DATA = ROOT.resolve("e2e-tests/target/stack");
    private static @Nullable Platform running;

    private final int portBase;
    private final List<String> settings;

    private Platform(int portBase, List<String> settings) {
        this.portBase = portBase;
        this.settings = settings;
    }

    /** The running system; the first call launches it. */
    static synchronized Platform get() {
        return running == null ? with() : running;
    }

    /**
     * A system with these settings, launched anew where the one that runs has others: it takes a minute.
     *
     * @param settings as after {@code --set}
     */
    static synchronized Platform with(String... settings) {
        List<String> wanted = List.of(settings);
        if (running != null && !running.settings.equals(wanted)) {
            stop();
        }
        if (running == null) {
            try {
                FileSystemUtils.deleteRecursively(DATA);
                Platform platform = new Platform(freePortBase(), wanted);
                running = platform;
                List<String> options = new ArrayList<>(List.of("--detach"));
                // all tests come from one address, and more often than one person does
                Stream.concat(
                                Stream.of(
                                        "gateway:cadenza.gateway.limits.address=100000/1m",
                                        "gateway:cadenza.gateway.limits.sign-in=100000/1m",
                                        "gateway:cadenza.gateway.limits.upload=100000/1h"),
                                wanted.stream())
                        .forEach(setting -> options.addAll(List.of("--set", setting)));
                platform.command(Duration.ofMinutes(8), "up", options.toArray(String[]::new));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    static synchronized void stop() {
        if (running != null) {
            running.command(Duration.ofMinutes(2), "down");
            running = null;
        }
    }

    String gateway() {
        return "http://localhost:" + (portBase + 80);
    }

    String mailPage() {
        return "http://localhost:" + (portBase + 25);
    }

    /** A port of the stack, by its offset in docs/architecture.md. */
    int port(int offset) {
        return portBase + offset;
    }

    Path data() {
        return DATA;
    }

    /** Every file of the object store's folder. */
    Set<String> objects() {
        Path folder = data().resolve("objects");
        try (Stream<Path> files = Files.walk(folder)) {
            return new TreeSet<>(files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The platform without an identity. */
    Api anonymous() {
        return new Api(gateway(), null);
    }

    /** The platform for its first administrator. */
    Api administrator() {
        Properties account = properties("admin-account.properties");
        return anonymous()
                .as(anonymous()
                        .post(
                                "/api/v1/auth/login",
                                Map.of(
                                        "email",
                                        account.getProperty("email"),
                                        "password",
                                        account.getProperty("password")))
                        .expect(200)
                        .data()
                        .path("token")
                        .path("access_token")
                        .asString());
    }

    /** What the launcher made up for this stack. */
    String secret(String name) {
        return properties("secrets.properties").getProperty(name);
    }

    private static Properties properties(String file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(DATA.resolve("secrets").resolve(file))) {
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process behind a part right now; empty while it is being started again. */
    Optional<ProcessHandle> process(String part) {
        JsonNode state = Api.JSON.readTree(DATA.resolve("run/state.json").toFile());
        for (JsonNode candidate : state.path("parts")) {
            if (candidate.path("name").asString().equals(part)) {
                return ProcessHandle.of(candidate.path("process").path("number").asLong(-1))
                        .filter(ProcessHandle::isAlive);
            }
        }
        throw new AssertionError("no part " + part + " in " + state);
    }

    /** Ends a part as a power cut would; the supervisor starts it again. */
    void kill(String part) {
        ProcessHandle process = process(part).orElseThrow(() -> new AssertionError(part + " does not run"));
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    }

    /** Stops a process where it stands ({@code STOP}), or lets it go on ({@code CONT}): it is there, and says nothing. */
    void signal(ProcessHandle process, String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill -" + name + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Has one of the stand-ins {@code kafka}, {@code s3} and {@code smtp} {@code stop} or {@code start}. */
    void fault(String server, String command) {
        anonymous()
                .send(
                        "POST",
                        mailPage() + "/" + server + "/" + command,
                        BodyPublishers.noBody(),
                        "X-Cadenza-Fault",
                        "1")
                .expect(200);
    }

    /** Waits until a part answers as healthy. */
    void awaitHealthy(String part) {
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> healthy(part));
    }

    private boolean healthy(String part) {
        JsonNode state = Api.JSON.readTree(DATA.resolve("run/state.json").toFile());
        for (JsonNode candidate : state.path("parts")) {
            if (candidate.path("name").asString().equals(part)) {
                try {
                    return process(part).isPresent()
                            && anonymous()
                                            .get(candidate.path("health").asString())
                                            .status()
                                    == 200;
                } catch (UncheckedIOException e) {
                    return false;
                }
            }
        }
        throw new AssertionError("no part " + part);
    }

    /**
     * What a command printed.
     *
     * @param exit its exit code
     */
    record Output(int exit, String text) {}

    /** Runs {@code ./cadenza} itself on this stack, as a person without a chosen JDK does. */
    Output script(Duration limit, String command, String... words) {
        List<String> line =
                new ArrayList<>(List.of("bash", ROOT.resolve("cadenza").toString(), command));
        line.addAll(List.of(words));
        if (!command.equals("help")) {
            line.addAll(List.of("--port-base", Integer.toString(portBase), "--data", DATA.toString()));
        }
        try {
            Path output = Files.createTempFile(ROOT.resolve("e2e-tests/target"), "output-", ".txt");
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().remove("JAVA_HOME");
            // this very build is going on
            builder.environment().put("CADENZA_BUILD", "no");
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end: " + Files.readString(output));
            }
            Output result = new Output(process.exitValue(), Files.readString(output));
            Files.delete(output);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void command(Duration limit, String command, String... options) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                ROOT.resolve("launcher/target/classes") + ":" + ROOT.resolve("launcher/target/lib") + "/*",
                "dev.cadenza.launcher.Cadenza",
                command,
                "--port-base",
                Integer.toString(portBase),
                "--data",
                DATA.toString()));
        line.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(line)
                    .directory(ROOT.toFile())
                    .inheritIO()
                    .start();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + limit);
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(command + " ended with " + process.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePortBase() throws IOException {
        for (int base = 20_000; base < 32_000; base += 100) {
            if (free(base + 80) && free(base + 92) && free(base + 94) && free(base + 25)) {
                return base;
            }
        }
        throw new IOException("no free ports");
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
