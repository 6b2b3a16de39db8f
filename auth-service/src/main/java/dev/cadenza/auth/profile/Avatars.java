package dev.cadenza.auth.profile;

import dev.cadenza.platform.core.Failure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Pictures of users, small and without anything but pixels. */
public interface Avatars {

    /**
     * A stored picture.
     *
     * @param etag without quotes
     */
    record Avatar(long size, String etag, String contentType, Instant lastModified) {}

    /**
     * Makes a small picture of this one and stores it.
     *
     * <p>{@link Failure.UnsupportedMedia} where it is no picture, {@link Failure.Invalid} where it is damaged or too large.
     *
     * @return name of its file
     */
    Mono<String> store(UUID account, Path original);

    /** Empty where there is none of this name. */
    Mono<Avatar> find(String file);

    /** Bytes of a picture. */
    Flux<ByteBuffer> read(String file, long offset, long length);

    /** Removes one; does nothing where there is none. */
    Mono<Void> delete(String file);

    /** Removes all of an account. */
    Mono<Void> deleteAll(UUID account);

    /** Files that were stored before this moment. */
    Flux<String> storedBefore(Instant moment);
}
