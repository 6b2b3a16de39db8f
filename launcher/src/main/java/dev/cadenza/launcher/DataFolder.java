package dev.cadenza.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one folder below which a local stack keeps everything.
 *
 * @param root absolute
 */
record DataFolder(Path root) {

    /** Less free space than this and nothing is started, bytes; the unpacked services alone take 1 GiB. */
    static final long MINIMUM_FREE = 2L << 30;

    /** Nothing without this file is ever deleted by {@code reset}. */
    private static final String MARKER = ".cadenza-data";

    /** What FFmpeg, the SoundFont and the services' jars are called in the cache until they are whole. */
    private static final Pattern HALF_UNPACKED =
            Pattern.compile("unpacking-.*|soundfont\\d+\\.(flac|raw|sf2)|[a-z-]+-service\\.part|gateway\\.part");

    /** Opens it, makes it where it is missing, and says clearly what stands in the way. */
    static DataFolder open(Path root) {
        try {
            if (Files.exists(root) && !Files.exists(root.resolve(MARKER))) {
                if (!Files.isDirectory(root)) {
                    throw new Problem("The data folder " + root + " is a file; choose another with --data.");
                }
                try (Stream<Path> content = Files.list(root)) {
                    if (content.findAny().isPresent()) {
                        throw new Problem("The folder " + root
                                + " holds other things than Cadenza's; choose an empty or new one with --data.");
                    }
                }
            }
            Files.createDirectories(root);
            Files.writeString(root.resolve(MARKER), "Everything in this folder belongs to a local Cadenza stack.\n");
            DataFolder folder = new DataFolder(root.toRealPath());
            for (String name : new String[] {"cache", "keycloak", "logs", "models", "run", "secrets", "tmp"}) {
                Files.createDirectories(folder.root.resolve(name));
            }
            if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
                // realm, settings and keys are in here
                Files.setPosixFilePermissions(folder.root, PosixFilePermissions.fromString("rwx------"));
            }
            return folder;
        } catch (AccessDeniedException e) {
            throw new Problem(
                    "The data folder " + root + " cannot be written (permission denied at " + e.getFile()
                            + "); choose another with --data.",
                    e);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.toString() : e.getReason();
            throw new Problem("The data folder " + root + " cannot be used: " + reason + ".", e);
        } catch (IOException e) {
            throw new Problem("The data folder " + root + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    static boolean isOne(Path root) {
        return Files.exists(root.resolve(MARKER));
    }

    void demandSpace(long minimum) throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < minimum) {
            throw new Problem("The disk of " + root + " is full: " + (free >> 20) + " MiB are free, " + (minimum >> 20)
                    + " MiB are needed.");
        }
    }

    Path cache() {
        return root.resolve("cache");
    }

    Path keycloak() {
        return root.resolve("keycloak");
    }

    Path secrets() {
        return root.resolve("secrets");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path stateFile() {
        return root.resolve("run").resolve("state.json");
    }

    Path lockFile() {
        return root.resolve("run").resolve("lock");
    }

    /** Held by whoever starts, runs or deletes the stack, until it is closed or its process ends. */
    record Lock(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Null where somebody else holds it. */
    @Nullable
    Lock lock() throws IOException {
        Files.createDirectories(lockFile().getParent());
        FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            held = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // by this process
        } finally {
            if (!held) {
                channel.close();
            }
        }
        return held ? new Lock(channel) : null;
    }

    /** Removes what killed processes left half done; for the holder of the lock, while nothing runs. */
    void sweep() throws IOException {
        for (Path left : list(temporary())) {
            deleteTree(left);
        }
        List<Path> halves;
        try (Stream<Path> cached = Files.find(
                cache(),
                4,
                (path, attributes) ->
                        HALF_UNPACKED.matcher(path.getFileName().toString()).matches())) {
            halves = cached.toList();
        }
        for (Path half : halves) {
            deleteTree(half);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.toList();
        }
    }

    /** Working directory of a part; its settings lie there. */
    Path workOf(String part) throws IOException {
        return Files.createDirectories(root.resolve("run").resolve(part));
    }

    Path logOf(String part) {
        return root.resolve("logs").resolve(part + ".log");
    }

    void delete() throws IOException {
        deleteTree(root);
    }

    static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
