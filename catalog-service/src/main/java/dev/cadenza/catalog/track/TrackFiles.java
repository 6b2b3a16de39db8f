package dev.cadenza.catalog.track;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The bytes of tracks; where they lie follows from the track's id. */
public interface TrackFiles {

    /** Stores a file; its ETag without quotes. */
    Mono<String> store(UUID trackId, Path file, String contentType);

    /** Bytes from {@code offset}. */
    Flux<ByteBuffer> read(UUID trackId, long offset, long length);

    /**
     * Where clients read them from the store itself for a while.
     *
     * @param disposition as in HTTP; null: none
     */
    Mono<URI> address(UUID trackId, Duration validFor, @Nullable String disposition);

    /** Runs {@code work} on a copy on disk, which is deleted afterwards, however that ends. */
    <T> Mono<T> withCopy(UUID trackId, Function<Path, Mono<T>> work);

    /** Removes them and all that was made of them; nothing happens when absent. */
    Mono<Void> delete(UUID trackId);

    /** Ids of the tracks of which anything was stored before {@code time}; some more than once. */
    Flux<UUID> storedBefore(Instant time);
}
