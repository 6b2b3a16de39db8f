package dev.cadenza.catalog.track;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What was made of the bytes of tracks; they go with them, see {@link TrackFiles#delete}. */
public interface TrackExtras {

    /** What there may be of one track. */
    enum Kind {
        /** The picture in the file, at most 1,000 pixels wide and high. */
        ARTWORK("image/jpeg"),
        /** The same, at most 250. */
        THUMBNAIL("image/jpeg"),
        /** Peaks for drawing. */
        WAVEFORM("application/json");

        private final String contentType;

        Kind(String contentType) {
            this.contentType = contentType;
        }

        /** Media type of its bytes. */
        public String contentType() {
            return contentType;
        }
    }

    /**
     * What is known of a stored one.
     *
     * @param size bytes
     * @param etag without quotes
     */
    record Stored(long size, String etag, Instant at) {}

    /** Stores one, in place of what was there; its ETag without quotes. */
    Mono<String> store(UUID trackId, Kind kind, Path file);

    /** Empty where there is none. */
    Mono<Stored> find(UUID trackId, Kind kind);

    /** Bytes from {@code offset}. */
    Flux<ByteBuffer> read(UUID trackId, Kind kind, long offset, long length);
}
