package dev.cadenza.processing.file;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Removes a file; an engine that works on it is told to stop by the same write. Its bytes go at once where possible,
 * else by the sweep.
 */
@Component
public final class DeleteFile {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteFile.class);
    private static final int ATTEMPTS = 5;

    private final ProcessingFiles files;
    private final FileObjects objects;

    DeleteFile(ProcessingFiles files, FileObjects objects) {
        this.files = files;
        this.objects = objects;
    }

    /** NotFound where there is none, or it is somebody else's. */
    public Mono<Void> delete(Task task, long number, UUID ownerId) {
        return Mono.defer(() -> files.find(task, number, ownerId))
                .switchIfEmpty(Mono.error(FileFailures::notFound))
                .flatMap(file ->
                        files.remove(file, new ProcessingFileEvent.Deleted()).thenReturn(file.id()))
                // a report of the worker came between reading and removing
                .retryWhen(Retry.max(ATTEMPTS)
                        .filter(error ->
                                error instanceof FailureException e && e.failure() instanceof Failure.Conflict))
                .flatMap(id -> objects.delete(id).onErrorResume(error -> {
                    LOG.warn("the bytes of deleted file {} stay until the sweep: {}", id, error.toString());
                    return Mono.empty();
                }));
    }
}
