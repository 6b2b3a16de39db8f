package dev.cadenza.processing.file;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The bytes of files: what was handed in and what came of it. */
public interface FileObjects {

    /**
     * Stores an upload.
     *
     * @param filename under which people get it
     */
    Mono<StoredPart> store(UUID fileId, Path file, String filename, String contentType);

    /** Bytes from {@code offset}. */
    Flux<ByteBuffer> read(StoredPart part, long offset, long length);

    /** Removes all bytes of a file, results of every attempt included; nothing happens where there are none. */
    Mono<Void> delete(UUID fileId);

    /** Ids of the files that have bytes stored before {@code time}, each once. */
    Flux<UUID> storedBefore(Instant time);
}
