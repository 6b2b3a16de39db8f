package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Pictures of playlists, small and without anything but pixels. */
public interface Covers {

    /**
     * A stored picture.
     *
     * @param etag without quotes
     */
    record Cover(long size, String etag, String contentType, Instant lastModified) {}

    /**
     * Makes a small picture of this one and stores it. {@link Failure.Invalid} with the code {@code cover.unusable} where it
     * is none.
     *
     * @return name of its file, which begins with the playlist's id
     */
    Mono<String> store(UUID playlist, Path original);

    /** Empty where there is none of this name. */
    Mono<Cover> find(String file);

    /** Bytes of a picture. */
    Flux<ByteBuffer> read(String file, long offset, long length);

    /** Removes one; does nothing where there is none. */
    Mono<Void> delete(String file);

    /** Removes all of a playlist. */
    Mono<Void> deleteAll(UUID playlist);

    /** Files that were stored before this moment. */
    Flux<String> storedBefore(Instant moment);
}
