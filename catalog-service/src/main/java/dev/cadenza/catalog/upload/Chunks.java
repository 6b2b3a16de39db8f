package dev.cadenza.catalog.upload;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The bytes of uploads that are under way. What is stored is what a track is made of. */
public interface Chunks {

    /**
     * One that is stored.
     *
     * @param number from 1
     * @param size bytes
     */
    record Chunk(int number, long size) {}

    /**
     * All of them as one file.
     *
     * @param md5 in hex
     */
    record Joined(Path file, long size, String md5) {}

    /** Keeps one; it replaces the one that had its number. */
    Mono<Void> store(UUID uploadId, int number, Path file);

    /** Those that are stored, by number. */
    Flux<Chunk> of(UUID uploadId);

    /** Runs {@code work} on the chunks as one file on disk, which is deleted afterwards, however that ends. */
    <T> Mono<T> joined(UUID uploadId, List<Chunk> chunks, Function<Joined, Mono<T>> work);

    /** Removes them. */
    Mono<Void> deleteAll(UUID uploadId);

    /** Uploads of which something was stored before that time, each of them once. */
    Flux<UUID> storedBefore(Instant time);
}
