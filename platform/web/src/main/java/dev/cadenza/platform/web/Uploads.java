package dev.cadenza.platform.web;

import dev.cadenza.platform.core.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Uploaded files: on disk, never whole in memory, gone when the work on them ends, however it ends. */
public final class Uploads {

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    static final Scheduler DISK = Schedulers.newBoundedElastic(16, 1_000, "upload-disk", 60, true);

    static final String PREFIX = "cadenza-upload-";

    private static final Pattern TEMPORARY = Pattern.compile(PREFIX + ".*\\.part");

    /**
     * Nobody works that long on an upload after its last byte was written: such a file is left of a process that was
     * killed.
     */
    private static final Duration ABANDONED = Duration.ofHours(6);

    private static final int MOST_DELETED = 10_000;

    static {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        DISK.schedulePeriodically(() -> deleteAbandoned(folder, Instant.now().minus(ABANDONED)), 0, 1, TimeUnit.HOURS);
    }

    private Uploads() {}

    /**
     * An uploaded file while it is being worked on.
     *
     * @param filename last path segment of the name that the client sent, without control characters; may be empty
     * @param size bytes
     */
    public record SpooledFile(Path path, String filename, long size) {}

    /**
     * Runs {@code work} on the part as a temporary file, which is deleted afterwards.
     *
     * @param part of a form of this request
     * @param limit more than this answers {@link Failure.TooLarge}
     */
    public static <T> Mono<T> withFile(FilePart part, DataSize limit, Function<SpooledFile, Mono<T>> work) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> (FormFile) part),
                file -> file.size() > limit.toBytes()
                        ? Mono.error(new Failure.TooLarge(
                                        "upload.too_large",
                                        "The file is larger than " + limit.toMegabytes() + " MB.",
                                        limit.toBytes())
                                .asException())
                        : work.apply(new SpooledFile(file.path(), baseName(file.filename()), file.size())),
                FormFile::delete);
    }

    /** The last segment of a client's file name (either slash), without control and bidirectional characters. */
    public static String baseName(String filename) {
        String last = filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
        StringBuilder clean = new StringBuilder();
        last.codePoints()
                .filter(c -> Character.getType(c) != Character.CONTROL
                        && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.SURROGATE)
                .limit(255)
                .forEach(clean::appendCodePoint);
        String name = clean.toString().strip();
        return name.equals(".") || name.equals("..") ? "" : name;
    }

    /** Deletes what was last written before that; what cannot be deleted, another user's for example, stays. */
    static void deleteAbandoned(Path folder, Instant before) {
        try (Stream<Path> files = Files.find(
                folder,
                1,
                (path, attributes) -> attributes.isRegularFile()
                        && attributes.lastModifiedTime().toInstant().isBefore(before)
                        && TEMPORARY.matcher(path.getFileName().toString()).matches())) {
            files.limit(MOST_DELETED).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    LOG.debug("An abandoned upload stays behind", e);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Abandoned uploads in {} stay behind: {}", folder, e.toString());
        }
    }
}
