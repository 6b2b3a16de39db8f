package dev.cadenza.processing.file;

import dev.cadenza.platform.core.Versioned;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Takes a file and queues its job. The bytes are stored before the row, so that there is never a row without; bytes
 * whose row was never stored are swept later.
 */
@Component
public final class HandIn {

    private final ProcessingFiles files;
    private final FileObjects objects;
    private final Inspector inspector;
    private final Supplier<UUID> ids;
    private final Clock clock;

    HandIn(ProcessingFiles files, FileObjects objects, Inspector inspector, Supplier<UUID> ids, Clock clock) {
        this.files = files;
        this.objects = objects;
        this.inspector = inspector;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Looks into the file, stores it and queues its job. Fails with UnsupportedMedia or Invalid, and then nothing is
     * stored.
     *
     * @param filename as the client named it, without folders; may be empty
     */
    public Mono<Versioned<ProcessingFile>> handIn(UUID ownerId, Task task, Path file, String filename) {
        return inspector.inspect(file).flatMap(audio -> {
            UUID id = ids.get();
            String name = filename.isEmpty() ? "audio." + audio.format() : filename;
            return objects.store(id, file, name, audio.contentType())
                    .flatMap(original ->
                            files.add(id, ProcessingFile.uploaded(ownerId, task, audio, original, clock.instant())));
        });
    }
}
