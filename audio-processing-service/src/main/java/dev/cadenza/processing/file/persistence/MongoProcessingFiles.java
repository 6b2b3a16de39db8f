package dev.cadenza.processing.file.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.processing.file.ProcessingFile;
import dev.cadenza.processing.file.ProcessingFileEvent;
import dev.cadenza.processing.file.ProcessingFiles;
import dev.cadenza.processing.file.Task;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Files as documents. */
@Component
final class MongoProcessingFiles implements ProcessingFiles {

    private final AggregateCollection<ProcessingFile, ProcessingFileEvent> rows;

    MongoProcessingFiles(AggregateCollection<ProcessingFile, ProcessingFileEvent> rows) {
        this.rows = rows;
    }

    @Override
    public Mono<Versioned<ProcessingFile>> add(UUID id, Change<ProcessingFile, ProcessingFileEvent> change) {
        return rows.insert(id, change);
    }

    @Override
    public Mono<Versioned<ProcessingFile>> find(Task task, long number, UUID ownerId) {
        return find(task, number).filter(file -> file.state().ownerId().equals(ownerId));
    }

    @Override
    public Mono<Versioned<ProcessingFile>> find(Task task, long number) {
        return rows.findByNumber(number).filter(file -> file.state().task() == task);
    }

    @Override
    public Flux<Versioned<ProcessingFile>> of(Task task, UUID ownerId, int limit) {
        return rows.find(
                and(eq(FileCollection.OWNER, ownerId), eq("state.task", task.name())),
                descending(FileCollection.UPLOADED, "number"),
                new Paging(0, limit));
    }

    @Override
    public Mono<Void> remove(Versioned<ProcessingFile> file, ProcessingFileEvent event) {
        return rows.delete(file, List.of(event));
    }

    @Override
    public Flux<UUID> removeAllOf(UUID ownerId, ProcessingFileEvent event) {
        return rows.deleteAll(eq(FileCollection.OWNER, ownerId), List.of(event));
    }

    @Override
    public Flux<UUID> existing(Collection<UUID> ids) {
        return rows.find(in("_id", ids)).map(Versioned::id);
    }
}
