package dev.cadenza.processing.file;

import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Somebody's files. */
@Component
public final class ListFiles {

    /** The documents know no paging, and nobody reads further. */
    private static final int MOST = 1_000;

    private final ProcessingFiles files;

    ListFiles(ProcessingFiles files) {
        this.files = files;
    }

    /** Newest first, at most 1,000. */
    public Flux<Versioned<ProcessingFile>> list(Task task, UUID ownerId) {
        return files.of(task, ownerId, MOST);
    }
}
