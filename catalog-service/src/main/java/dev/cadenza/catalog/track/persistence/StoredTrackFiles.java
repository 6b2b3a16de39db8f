package dev.cadenza.catalog.track.persistence;

import dev.cadenza.catalog.track.TrackExtras;
import dev.cadenza.catalog.track.TrackFiles;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.platform.storage.StoredObject;
import dev.cadenza.platform.storage.TemporaryFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The bytes of tracks in the object store, under keys that follow from their ids. */
@Component
final class StoredTrackFiles implements TrackFiles {

    private static final String PREFIX = "catalog/tracks/";
    private static final String RENDITIONS = "catalog/renditions/";
    private static final Scheduler DISK = Schedulers.newBoundedElastic(4, 1_000, "track-files", 60, true);

    private final ObjectStore store;

    StoredTrackFiles(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Mono<String> store(UUID trackId, Path file, String contentType) {
        return store.put(key(trackId), file, contentType).map(StoredObject::etag);
    }

    @Override
    public Flux<ByteBuffer> read(UUID trackId, long offset, long length) {
        return store.read(key(trackId), offset, length);
    }

    @Override
    public Mono<URI> address(UUID trackId, Duration validFor, @Nullable String disposition) {
        return store.presign(key(trackId), validFor, disposition);
    }

    @Override
    public <T> Mono<T> withCopy(UUID trackId, Function<Path, Mono<T>> work) {
        return TemporaryFile.with(
                DISK, path -> store.download(key(trackId), path).flatMap(work));
    }

    @Override
    public Mono<Void> delete(UUID trackId) {
        return store.delete(key(trackId))
                .thenMany(Flux.fromArray(TrackExtras.Kind.values()))
                .concatMap(kind -> store.delete(StoredTrackExtras.key(trackId, kind)))
                .then(store.deletePrefix(RENDITIONS + trackId + "/", key -> true))
                .then();
    }

    @Override
    public Flux<UUID> storedBefore(Instant time) {
        return Flux.fromIterable(StoredTrackExtras.PREFIXES)
                .startWith(PREFIX)
                .concatMap(prefix -> store.idsStoredBefore(prefix, time));
    }

    private static String key(UUID trackId) {
        return PREFIX + trackId;
    }
}
