package dev.cadenza.generation.generation;

import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;

/** The bytes of songs. */
public interface SongFiles {

    /** Bytes of a stored file, in order. */
    Flux<ByteBuffer> read(Song.File file, long offset, long length);
}
