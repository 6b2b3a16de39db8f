package dev.cadenza.catalog.playback.persistence;

import dev.cadenza.catalog.playback.Fragments;
import dev.cadenza.catalog.playback.Renditions;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.platform.storage.StoredObject;
import dev.cadenza.platform.storage.TemporaryFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Renditions as objects {@code catalog/renditions/<track>/<name>}; of rungs, the fragments beside them as JSON. */
@Component
final class StoredRenditions implements Renditions {

    private static final String PREFIX = "catalog/renditions/";
    private static final String FRAGMENTS = ".fragments";
    private static final Scheduler DISK = Schedulers.newBoundedElastic(2, 1_000, "rendition-files", 60, true);

    private final ObjectStore store;
    private final JsonMapper json = JsonMapper.shared();

    StoredRenditions(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Mono<Stored> find(UUID trackId, String name) {
        return store.stat(key(trackId, name)).map(StoredRenditions::facts);
    }

    @Override
    public Mono<Stored> store(UUID trackId, String name, Path file, String contentType) {
        return store.put(key(trackId, name), file, contentType).map(StoredRenditions::facts);
    }

    @Override
    public Flux<ByteBuffer> read(UUID trackId, String name, long offset, long length) {
        return store.read(key(trackId, name), offset, length);
    }

    @Override
    public Mono<URI> address(UUID trackId, String name, Duration validFor, @Nullable String disposition) {
        return store.presign(key(trackId, name), validFor, disposition);
    }

    @Override
    public Mono<Fragments> fragments(UUID trackId, String name) {
        String key = key(trackId, name) + FRAGMENTS;
        return store.stat(key)
                .flatMap(found -> store.read(key, 0, found.size())
                        .reduceWith(() -> ByteBuffer.allocate((int) found.size()), ByteBuffer::put))
                .map(bytes -> json.readValue(bytes.array(), Fragments.class));
    }

    @Override
    public Mono<Fragments> store(UUID trackId, String name, Path file, Fragments fragments) {
        return store.put(key(trackId, name), file, "audio/mp4")
                .then(TemporaryFile.with(
                        DISK,
                        path -> Mono.fromCallable(() -> Files.write(path, json.writeValueAsBytes(fragments)))
                                .subscribeOn(DISK)
                                .flatMap(written ->
                                        store.put(key(trackId, name) + FRAGMENTS, written, "application/json"))))
                .thenReturn(fragments);
    }

    @Override
    public Flux<UUID> storedBefore(Instant time) {
        return store.idsStoredBefore(PREFIX, time);
    }

    @Override
    public Mono<Long> deleteBefore(UUID trackId, Instant time) {
        return store.list(key(trackId, ""))
                .filter(object -> object.lastModified().isBefore(time))
                // whoever finds the fragments shall find what they are of
                .sort((a, b) ->
                        Boolean.compare(b.key().endsWith(FRAGMENTS), a.key().endsWith(FRAGMENTS)))
                .concatMap(object -> store.delete(object.key()).thenReturn(object), 1)
                .count();
    }

    private static Stored facts(StoredObject object) {
        return new Stored(object.etag(), object.size(), object.lastModified());
    }

    private static String key(UUID trackId, String name) {
        return PREFIX + trackId + "/" + name;
    }
}
