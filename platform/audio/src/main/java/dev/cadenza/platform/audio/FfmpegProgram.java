package dev.cadenza.platform.audio;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where the FFmpeg programs are. In this order: the setting {@code cadenza.audio.ffmpeg}, the environment's
 * {@code FFMPEG_PATH}, the LGPL build that the build tool fetched for this platform, and only then whatever is on
 * {@code PATH}: so that the same input gives the same output on every machine, unless an operator decides otherwise.
 */
record FfmpegProgram(Path ffmpeg, Path ffprobe) {

    private static final String RESOURCES = "org/bytedeco/ffmpeg/";

    static FfmpegProgram locate(AudioSettings settings) throws IOException {
        Path configured = settings.ffmpeg();
        String environment = System.getenv("FFMPEG_PATH");
        if (configured == null && environment != null && !environment.isBlank()) {
            configured = Path.of(environment);
        }
        if (configured != null) {
            return beside(configured)
                    .orElseThrow(() -> new IOException(
                            "The configured FFmpeg is not an executable program with ffprobe beside it."));
        }
        Optional<FfmpegProgram> bundled = bundled(settings.cacheDirectory());
        return bundled.isPresent()
                ? bundled.get()
                : onPath().orElseThrow(() -> new IOException(
                        "There is no FFmpeg for this platform: install one, or set cadenza.audio.ffmpeg."));
    }

    private static Optional<FfmpegProgram> beside(Path ffmpeg) {
        Path ffprobe = ffmpeg.resolveSibling(ffmpeg.getFileName().toString().replaceFirst("^ffmpeg", "ffprobe"));
        return Files.isExecutable(ffmpeg) && Files.isExecutable(ffprobe)
                ? Optional.of(new FfmpegProgram(ffmpeg.toAbsolutePath(), ffprobe.toAbsolutePath()))
                : Optional.empty();
    }

    private static Optional<FfmpegProgram> onPath() {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(java.io.File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> beside(Path.of(folder, "ffmpeg")))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<FfmpegProgram> bundled(@Nullable Path cacheDirectory) throws IOException {
        String folder = RESOURCES + platform() + "/";
        URL url = FfmpegProgram.class.getClassLoader().getResource(folder + "ffmpeg");
        if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
            return Optional.empty();
        }
        JarFile jar = connection.getJarFile();
        List<JarEntry> entries = jar.stream()
                .filter(entry -> entry.getName().startsWith(folder) && !entry.isDirectory())
                .filter(entry -> !name(entry).startsWith("libjni"))
                .sorted(Comparator.comparing(JarEntry::getName))
                .toList();
        Path cache = cacheDirectory == null ? defaultCache() : cacheDirectory;
        Path home = cache.toAbsolutePath().resolve("ffmpeg-" + fingerprint(entries));
        if (!complete(home, entries)) {
            unpack(jar, entries, home);
        }
        return Optional.of(new FfmpegProgram(home.resolve("ffmpeg"), home.resolve("ffprobe")));
    }

    private static void unpack(JarFile jar, List<JarEntry> entries, Path home) throws IOException {
        Path cache = Files.createDirectories(home.getParent());
        // beside the target, so that the last step is one rename: another process sees all of it or nothing
        Path fresh = Files.createTempDirectory(cache, "unpacking-");
        try {
            for (JarEntry entry : entries) {
                Path file = fresh.resolve(name(entry));
                try (InputStream bytes = jar.getInputStream(entry)) {
                    Files.copy(bytes, file);
                }
                if (name(entry).startsWith("libavdevice")) {
                    DesktopLibraries.detach(file);
                }
                if (!name(entry).startsWith("lib") && !file.toFile().setExecutable(true, true)) {
                    throw new IOException("cannot make " + name(entry) + " executable");
                }
            }
            if (Files.exists(home) && !complete(home, entries)) {
                deleteFolder(home);
            }
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            // another process was faster
            if (!complete(home, entries)) {
                throw e;
            }
        } catch (java.nio.file.FileSystemException e) {
            if (!complete(home, entries)) {
                throw e;
            }
        } finally {
            deleteFolder(fresh);
        }
    }

    private static boolean complete(Path home, List<JarEntry> entries) throws IOException {
        for (JarEntry entry : entries) {
            Path file = home.resolve(name(entry));
            if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
                return false;
            }
        }
        return true;
    }

    private static String fingerprint(List<JarEntry> entries) {
        CRC32 crc = new CRC32();
        // with what is done to the files: to be raised when that changes
        List<String> facts = new ArrayList<>(List.of("unpacked-2"));
        entries.forEach(entry -> facts.add(entry.getName() + entry.getSize() + "/" + entry.getCrc()));
        crc.update(String.join(";", facts).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static void deleteFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    private static String name(JarEntry entry) {
        return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
    }

    private static Path defaultCache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        return xdg == null || xdg.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "cadenza")
                : Path.of(xdg, "cadenza");
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String system = os.startsWith("mac") ? "macosx" : os.startsWith("linux") ? "linux" : os;
        return system + "-"
                + switch (machine) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> machine;
                };
    }
}
