package dev.cadenza.platform.audio;

import dev.cadenza.platform.core.Failure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Pictures of things, small and without anything but pixels. The name of a file begins with the id of what it shows. */
public interface Pictures {

    /** Names of files. */
    Pattern FILE = Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-[0-9a-f]{16}\\.(?:jpg|png)");

    /**
     * A stored picture.
     *
     * @param etag without quotes
     */
    record Picture(long size, String etag, String contentType, Instant lastModified) {}

    /** Whose picture a file is; empty for what is none. */
    static Optional<UUID> owner(String file) {
        Matcher name = FILE.matcher(file);
        return name.matches() ? Optional.of(UUID.fromString(name.group(1))) : Optional.empty();
    }

    /**
     * Makes a small picture of this one and stores it. {@link Failure.Unavailable} where that cannot be done now; where the
     * original is to blame, what the feature says.
     *
     * @return name of its file
     */
    Mono<String> store(UUID owner, Path original);

    /** Empty where there is none of this name. */
    Mono<Picture> find(String file);

    /** Bytes of a picture. */
    Flux<ByteBuffer> read(String file, long offset, long length);

    /** Removes one; does nothing where there is none. */
    Mono<Void> delete(String file);

    /** Removes all of an owner. */
    Mono<Void> deleteAll(UUID owner);

    /**
     * Removes those that were stored before this moment and that no owner shows; the names of their files.
     *
     * @param shown files that some of these owners show
     */
    Flux<String> deleteOrphans(Instant before, Function<Set<UUID>, Flux<String>> shown);
}
