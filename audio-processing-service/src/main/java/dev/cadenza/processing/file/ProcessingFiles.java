package dev.cadenza.processing.file;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import java.util.Collection;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All files. */
public interface ProcessingFiles {

    /** Stores a new one and gives it a number. */
    Mono<Versioned<ProcessingFile>> add(UUID id, Change<ProcessingFile, ProcessingFileEvent> change);

    /** Empty where there is none of this number for this task, or it is somebody else's. */
    Mono<Versioned<ProcessingFile>> find(Task task, long number, UUID ownerId);

    /** Whoever's it is; for whoever has a signed address. */
    Mono<Versioned<ProcessingFile>> find(Task task, long number);

    /** Somebody's, newest first. */
    Flux<Versioned<ProcessingFile>> of(Task task, UUID ownerId, int limit);

    /** Removes it; Conflict where it changed meanwhile. */
    Mono<Void> remove(Versioned<ProcessingFile> file, ProcessingFileEvent event);

    /** Removes all of somebody, and calls off their jobs by the same writes; the ids of those that are gone. */
    Flux<UUID> removeAllOf(UUID ownerId, ProcessingFileEvent event);

    /** Which of these ids there are. */
    Flux<UUID> existing(Collection<UUID> ids);
}
