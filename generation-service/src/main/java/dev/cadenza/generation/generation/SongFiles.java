package dev.cadenza.generation.generation;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The bytes of songs. */
public interface SongFiles {

    /**
     * A stored object that an attempt left.
     *
     * @param attempt of the generation's job
     * @param object key of the object
     */
    record Left(UUID generationId, long attempt, String object) {}

    /** Bytes of a stored file, in order. */
    Flux<ByteBuffer> read(Song.File file, long offset, long length);

    /** What attempts stored before this time, whether somebody still needs it or not. */
    Flux<Left> storedBefore(Instant time);

    /** Removes an object; nothing happens when absent. */
    Mono<Void> delete(Left left);

    /** Removes all that attempts at a generation stored; nothing happens where there is nothing. */
    Mono<Void> deleteAllOf(UUID generationId);
}
