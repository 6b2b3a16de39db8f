package dev.cadenza.launcher;

import dev.cadenza.launcher.infra.InfrastructureMain;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Turns a part of {@link LocalStack} into the process that runs it, and writes the files it reads. */
final class Launches {

    private final Checkout checkout;
    private final DataFolder data;
    private final Secrets secrets;
    private final Map<String, String> realmPlaceholders;
    private final Map<String, Object> unpacking = new ConcurrentHashMap<>();

    Launches(Checkout checkout, DataFolder data, Secrets secrets, Map<String, String> realmPlaceholders) {
        this.checkout = checkout;
        this.data = data;
        this.secrets = secrets;
        this.realmPlaceholders = realmPlaceholders;
    }

    /** May take a while the first time: it unpacks and builds what is not there. */
    Launch of(Part part) throws IOException, InterruptedException {
        return switch (part.kind()) {
            case INFRASTRUCTURE -> infrastructure(part);
            case KEYCLOAK -> keycloak(part);
            case SERVICE, WORKER -> spring(part);
        };
    }

    private Launch infrastructure(Part part) throws IOException {
        Path work = data.workOf(part.name());
        Path settings = write(work.resolve("infrastructure.properties"), part);
        List<String> command = java(part);
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), InfrastructureMain.class.getName()));
        command.add(settings.toString());
        return new Launch(command, work, Map.of());
    }

    private Launch keycloak(Part part) throws IOException, InterruptedException {
        Keycloak keycloak = new Keycloak(checkout.keycloakDistribution());
        keycloak.build();
        keycloak.makeHome(data.keycloak(), realmPlaceholders);
        List<String> command =
                new ArrayList<>(keycloak.command(data.keycloak(), part.heapMegabytes(), part.settings()));
        command.add(1, temporaryFolder());
        return new Launch(
                command,
                data.keycloak(),
                Map.of(
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        secrets.get("keycloak.admin.username"),
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        secrets.get("keycloak.admin.password")));
    }

    private Launch spring(Part part) throws IOException, InterruptedException {
        Path jar = unpacked(part.module());
        Path work = data.workOf(part.name());
        // Spring Boot reads it from the working directory; on the command line, secrets would be seen by others
        write(work.resolve("application.properties"), part);
        List<String> command = java(part);
        if (part.kind() == Part.Kind.SERVICE) {
            // a service waits far more than it computes; a worker needs the optimising compiler
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of("-jar", jar.toString()));
        return new Launch(
                command,
                work,
                Map.of(
                        // fewer pools of native memory, and computing threads that sleep while they wait
                        "MALLOC_ARENA_MAX",
                        "2",
                        "OMP_WAIT_POLICY",
                        "passive",
                        // what the engines unpack stays in our folder
                        "XDG_CACHE_HOME",
                        data.cache().toString(),
                        "DJL_CACHE_DIR",
                        data.cache().resolve("djl").toString()));
    }

    private List<String> java(Part part) {
        List<String> command = new ArrayList<>(Jvm.command(part.heapMegabytes()));
        command.add(temporaryFolder());
        return command;
    }

    private String temporaryFolder() {
        return "-Djava.io.tmpdir=" + data.temporary();
    }

    private static Path write(Path file, Part part) throws IOException {
        Properties properties = new Properties();
        properties.putAll(part.settings());
        StringWriter text = new StringWriter();
        properties.store(text, part.name());
        Secrets.writePrivately(file, text.toString());
        return file;
    }

    /**
     * The service's jar, unpacked: that starts in about half the time. Kept per build of the jar, so that a build does
     * not pull files from under a running process.
     */
    private Path unpacked(String module) throws IOException, InterruptedException {
        // a service and its worker come from the same jar and start at the same time
        synchronized (unpacking.computeIfAbsent(module, name -> new Object())) {
            return unpack(module);
        }
    }

    private Path unpack(String module) throws IOException, InterruptedException {
        Path jar = checkout.applicationJar(module)
                .orElseThrow(() -> new Problem(module + " is not built; ./cadenza up builds it."));
        Path folder = data.cache().resolve(module + "-" + fingerprint(jar));
        Path unpacked = folder.resolve(jar.getFileName());
        if (!Files.exists(unpacked)) {
            forgetOtherBuilds(module);
            Path part = data.cache().resolve(module + ".part");
            DataFolder.deleteTree(part);
            Process process = new ProcessBuilder(
                            Jvm.java().toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Djarmode=tools",
                            "-jar",
                            jar.toString(),
                            "extract",
                            "--destination",
                            part.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(data.logOf(module + "-unpack").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new Problem("The jar of " + module + " cannot be unpacked; the log is "
                        + data.logOf(module + "-unpack") + ".");
            }
            Files.delete(data.logOf(module + "-unpack"));
            Files.move(part, folder);
        }
        return unpacked;
    }

    /** Of names and checksums of all entries; size and time do not tell one build from another. */
    private static String fingerprint(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            zip.stream()
                    .forEach(entry -> digest.update(
                            (entry.getName() + ' ' + entry.getCrc() + '\n').getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private void forgetOtherBuilds(String module) throws IOException {
        List<Path> old;
        try (Stream<Path> folders = Files.list(data.cache())) {
            old = folders.filter(folder -> folder.getFileName().toString().matches(module + "-[0-9a-f]{16}"))
                    .toList();
        }
        for (Path folder : old) {
            DataFolder.deleteTree(folder);
        }
    }
}
