package dev.cadenza.platform.storage;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Objects by key. Nothing is held whole in memory and nothing blocks the caller. Where the store does not answer, every
 * method fails with {@link dev.cadenza.platform.core.Failure.Unavailable} ({@code storage.unavailable}).
 */
public interface ObjectStore {

    /** Stores a file from disk; an object that is there already is replaced as a whole. */
    default Mono<StoredObject> put(String key, Path file, String contentType) {
        return put(key, file, contentType, Map.of());
    }

    /** Stores a file together with a few short facts: keys of letters, digits and dashes, values in ASCII. */
    Mono<StoredObject> put(String key, Path file, String contentType, Map<String, String> metadata);

    /** What is known of it; empty when absent. */
    Mono<StoredObject> stat(String key);

    /** The facts that were stored with it, keys in lower case; empty when absent. */
    Mono<Map<String, String>> metadata(String key);

    /**
     * Bytes of an object, in order, in chunks of at most 64 KiB, as fast as they are asked for. Cancelling closes the
     * connection. Fails with NotFound ({@code object.not_found}) when absent.
     *
     * @param offset first byte, from 0
     * @param length bytes; nothing is read for 0
     */
    Flux<ByteBuffer> read(String key, long offset, long length);

    /** Removes it; nothing happens when absent. */
    Mono<Void> delete(String key);

    /** Removes what lies below {@code prefix} and has a key that {@code which} accepts; how many. */
    Mono<Long> deletePrefix(String prefix, Predicate<String> which);

    /** All objects below {@code prefix}, by key; {@code contentType} is not told. */
    Flux<StoredObject> list(String prefix);

    /** With which ids keys begin below {@code prefix}, of objects that were stored before this moment; each id once. */
    default Flux<UUID> idsStoredBefore(String prefix, Instant moment) {
        return list(prefix)
                .filter(object -> object.lastModified().isBefore(moment))
                .<UUID>handle((object, ids) -> {
                    String name = object.key().substring(prefix.length());
                    try {
                        ids.next(UUID.fromString(name.substring(0, Math.min(36, name.length()))));
                    } catch (IllegalArgumentException e) {
                        // not one of ours: left alone
                    }
                })
                .distinctUntilChanged();
    }

    /** Writes the whole object to a file, replacing it; fails with NotFound ({@code object.not_found}) when absent. */
    Mono<Path> download(String key, Path target);

    /**
     * An address under which clients read the object from the store itself for a while, at most 7 days; the object is not
     * looked at.
     *
     * @param disposition what the store says about what to do with it; null: nothing
     */
    Mono<URI> presign(String key, Duration validFor, @Nullable String disposition);
}
