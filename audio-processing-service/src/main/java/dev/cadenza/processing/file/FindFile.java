package dev.cadenza.processing.file;

import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds one file. */
@Component
public final class FindFile {

    private final ProcessingFiles files;

    FindFile(ProcessingFiles files) {
        this.files = files;
    }

    /**
     * NotFound where there is none, or it is somebody else's.
     *
     * @param ownerId null for whoever proved by a signed address that its owner let them
     */
    public Mono<Versioned<ProcessingFile>> find(Task task, long number, @Nullable UUID ownerId) {
        return (ownerId == null ? files.find(task, number) : files.find(task, number, ownerId))
                .switchIfEmpty(Mono.error(FileFailures::notFound));
    }
}
