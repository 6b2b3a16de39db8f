package dev.cadenza.catalog.playback;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Renditions that were made. */
public interface Renditions {

    /**
     * One that is stored.
     *
     * @param etag without quotes
     * @param size bytes
     */
    record Stored(String etag, long size, Instant lastModified) {}

    /** Empty where it was not made, or is not kept any more. */
    Mono<Stored> find(UUID trackId, String name);

    /** Keeps it. */
    Mono<Stored> store(UUID trackId, String name, Path file, String contentType);

    /** Some of its bytes. */
    Flux<ByteBuffer> read(UUID trackId, String name, long offset, long length);

    /**
     * Where clients read it from the store itself for a while.
     *
     * @param disposition as in HTTP; null: none
     */
    Mono<URI> address(UUID trackId, String name, Duration validFor, @Nullable String disposition);

    /** What the fragments of a rung are; empty where it is not stored whole. */
    Mono<Fragments> fragments(UUID trackId, String name);

    /** Keeps a rung: its bytes first, so that whoever finds the fragments finds them too. */
    Mono<Fragments> store(UUID trackId, String name, Path file, Fragments fragments);

    /** Tracks of which something was stored before that time, each of them once. */
    Flux<UUID> storedBefore(Instant time);

    /** Removes everything of a track that was stored before that time; how many objects. */
    Mono<Long> deleteBefore(UUID trackId, Instant time);
}
