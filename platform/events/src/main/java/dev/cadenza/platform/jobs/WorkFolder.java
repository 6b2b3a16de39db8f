package dev.cadenza.platform.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** A worker's own folder for the work of its attempts; what workers left that are dead is removed when one starts. */
final class WorkFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
    private static final String LOCK = ".lock";

    private final Path path;
    private final FileChannel channel;

    private WorkFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Makes a folder below {@code home}, after removing those that nobody holds. */
    static WorkFolder below(Path home) {
        try {
            Files.createDirectories(home);
            try (Stream<Path> children = Files.list(home)) {
                List<Path> locks = children.filter(child -> child.toString().endsWith(LOCK))
                        .toList();
                locks.forEach(WorkFolder::removeStale);
            }
            String name = UUID.randomUUID().toString();
            FileChannel channel = FileChannel.open(
                    home.resolve(name + LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.lock();
            return new WorkFolder(Files.createDirectory(home.resolve(name)), channel);
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for jobs below " + home, e);
        }
    }

    private static void removeStale(Path lock) {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                @Nullable FileLock held = channel.tryLock()) {
            if (held != null) {
                String file = String.valueOf(lock.getFileName());
                FileSystemUtils.deleteRecursively(
                        lock.resolveSibling(file.substring(0, file.length() - LOCK.length())));
                Files.delete(lock);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("{} belongs to another worker of this process", lock);
        } catch (IOException e) {
            LOG.warn("old work stays: {}", e.toString());
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            FileSystemUtils.deleteRecursively(path);
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + LOCK));
            channel.close();
        } catch (IOException e) {
            LOG.debug("the next worker removes it", e);
        }
    }
}
