package dev.cadenza.catalog.track;

import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How much room somebody's tracks take, and may take. */
@Component
public final class StorageQuota {

    private final Tracks tracks;
    private final TrackSettings settings;

    StorageQuota(Tracks tracks, TrackSettings settings) {
        this.tracks = tracks;
        this.settings = settings;
    }

    /** Bytes used and allowed. */
    public record Usage(long used, long limit) {

        /** Bytes left, at least 0. */
        public long remaining() {
            return Math.max(0, limit - used);
        }
    }

    /** The usage of one user. */
    public Mono<Usage> of(UUID ownerId) {
        return tracks.bytesOf(ownerId)
                .map(used -> new Usage(used, settings.quota().toBytes()));
    }
}
