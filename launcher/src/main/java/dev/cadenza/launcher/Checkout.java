package dev.cadenza.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The source tree with what was built in it.
 *
 * @param root absolute
 */
public record Checkout(Path root) {

    /** The one that the script names, or the one around the working directory. */
    public static Checkout find() {
        String named = System.getProperty("cadenza.home");
        if (named != null) {
            return new Checkout(Path.of(named).toAbsolutePath().normalize());
        }
        for (@Nullable Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("cadenza")) && Files.exists(folder.resolve("launcher/pom.xml"))) {
                return new Checkout(folder);
            }
        }
        throw new Problem("This is not a checkout of Cadenza: " + Path.of("").toAbsolutePath() + ".");
    }

    /** The executable jar of a service, where it is built. */
    Optional<Path> applicationJar(String module) throws IOException {
        Path target = root.resolve(module).resolve("target");
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-app.jar"))
                    .findFirst();
        }
    }

    /** Keycloak as Maven unpacked it. */
    Path keycloakDistribution() throws IOException {
        Path unpacked = root.resolve("launcher/target/keycloak");
        if (Files.isDirectory(unpacked)) {
            try (Stream<Path> folders = Files.list(unpacked)) {
                Optional<Path> distribution = folders.filter(
                                folder -> folder.getFileName().toString().startsWith("keycloak-"))
                        .filter(Files::isDirectory)
                        .findFirst();
                if (distribution.isPresent()) {
                    return distribution.get();
                }
            }
        }
        throw new Problem("Keycloak is not unpacked in " + unpacked + "; ./cadenza up builds it.");
    }
}
