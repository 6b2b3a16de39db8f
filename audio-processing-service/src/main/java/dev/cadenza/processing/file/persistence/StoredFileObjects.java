package dev.cadenza.processing.file.persistence;

import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.processing.file.FileObjects;
import dev.cadenza.processing.file.StoredPart;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bytes in the object store: uploads under keys of their own, results where the job's attempts put them. */
@Component
final class StoredFileObjects implements FileObjects {

    private static final String ORIGINALS = "processing/originals/";
    private static final String JOBS = "processing/jobs/";

    private final ObjectStore store;

    StoredFileObjects(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Mono<StoredPart> store(UUID fileId, Path file, String filename, String contentType) {
        return store.put(ORIGINALS + fileId, file, contentType)
                .map(stored -> new StoredPart(stored.key(), filename, contentType, stored.size(), stored.etag()));
    }

    @Override
    public Flux<ByteBuffer> read(StoredPart part, long offset, long length) {
        return store.read(part.key(), offset, length);
    }

    @Override
    public Mono<Void> delete(UUID fileId) {
        return store.delete(ORIGINALS + fileId)
                .then(store.deletePrefix(JOBS + fileId + "/", key -> true))
                .then();
    }

    @Override
    public Flux<UUID> storedBefore(Instant time) {
        return Flux.fromIterable(List.of(ORIGINALS, JOBS)).concatMap(prefix -> store.idsStoredBefore(prefix, time));
    }
}
