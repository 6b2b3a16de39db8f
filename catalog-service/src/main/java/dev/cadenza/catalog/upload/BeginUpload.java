package dev.cadenza.catalog.upload;

import dev.cadenza.catalog.track.StorageQuota;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.RequestedIds;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Announces an upload in chunks. */
@Component
public final class BeginUpload {

    private final UploadSessions sessions;
    private final StorageQuota quota;
    private final UploadSettings settings;
    private final TrackSettings tracks;
    private final Supplier<UUID> ids;
    private final Clock clock;

    BeginUpload(
            UploadSessions sessions,
            StorageQuota quota,
            UploadSettings settings,
            TrackSettings tracks,
            Supplier<UUID> ids,
            Clock clock) {
        this.sessions = sessions;
        this.quota = quota;
        this.settings = settings;
        this.tracks = tracks;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Invalid where chunks and bytes make no sense, TooLarge, Conflict where too many are under way.
     *
     * @param md5 of the whole file in hex; null: it is not known
     */
    public Mono<Versioned<UploadSession>> begin(
            UUID owner, String filename, long totalChunks, long totalSize, @Nullable String md5) {
        check(totalChunks, totalSize);
        return RequestedIds.of("upload", ids)
                .flatMap(id -> sessions.find(id).switchIfEmpty(Mono.defer(() -> {
                    Instant now = clock.instant();
                    return quota.opening(
                            owner,
                            id,
                            totalSize,
                            now.plus(settings.keep()),
                            settings.maxOpen(),
                            sessions.add(
                                    id, UploadSession.begun(owner, filename, (int) totalChunks, totalSize, md5, now)));
                })));
    }

    private void check(long totalChunks, long totalSize) {
        List<Violation> violations = new ArrayList<>();
        if (totalChunks < 1 || totalChunks > settings.maxChunks()) {
            violations.add(new Violation(
                    "total_chunks",
                    "There must be 1 to " + settings.maxChunks() + " chunks.",
                    totalChunks,
                    "1-" + settings.maxChunks()));
        }
        if (totalSize < 1 || totalSize < totalChunks) {
            violations.add(new Violation(
                    "total_size", "Every chunk must have a byte at least.", totalSize, ">= total_chunks"));
        }
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        if (totalSize > tracks.maxFileSize().toBytes()) {
            throw new Failure.TooLarge(
                            "upload.too_large",
                            "The file is larger than " + tracks.maxFileSize().toMegabytes() + " MB.",
                            tracks.maxFileSize().toBytes())
                    .asException();
        }
    }
}
