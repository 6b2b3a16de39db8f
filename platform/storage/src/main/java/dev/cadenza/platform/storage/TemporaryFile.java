package dev.cadenza.platform.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Files for as long as the work on them takes. */
public final class TemporaryFile {

    private TemporaryFile() {}

    /** An empty one, which whoever asks for it deletes. */
    public static Path create() throws IOException {
        // named like an upload: those are swept where a process was killed
        return Files.createTempFile("cadenza-upload-", ".part");
    }

    /**
     * Runs {@code work} on an empty one, which is deleted afterwards, however it ends.
     *
     * @param disk where it is made and deleted
     */
    public static <T> Mono<T> with(Scheduler disk, Function<Path, Mono<T>> work) {
        return Mono.usingWhen(
                Mono.fromCallable(TemporaryFile::create).subscribeOn(disk),
                work,
                path -> Mono.fromCallable(() -> Files.deleteIfExists(path)).subscribeOn(disk));
    }
}
