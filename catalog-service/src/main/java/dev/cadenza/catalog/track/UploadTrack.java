package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.RequestedIds;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes a track of a whole file. */
@Component
public final class UploadTrack {

    private final StorageQuota quota;
    private final MakeTrack make;
    private final Supplier<UUID> ids;

    UploadTrack(StorageQuota quota, MakeTrack make, Supplier<UUID> ids) {
        this.quota = quota;
        this.make = make;
        this.ids = ids;
    }

    /** Who uploads. */
    public record Owner(UUID id, String username) {}

    /**
     * What is uploaded.
     *
     * @param filename as the client named it, without folders; may be empty
     * @param size bytes
     */
    public record Upload(Path file, String filename, long size) {}

    /** As {@link MakeTrack#make}; TooLarge where there is no room for it. */
    public Mono<Versioned<Track>> upload(Owner owner, Upload upload, TrackDetails.Change wishes) {
        // a request that is made again finds what it made before
        return RequestedIds.of("track", ids)
                .flatMap(id -> quota.holding(owner.id(), id, upload.size(), make.make(id, owner, upload, wishes)));
    }
}
