package dev.cadenza.catalog.upload;

import dev.cadenza.catalog.track.StorageQuota;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** An upload is over: what is left of it goes at once where possible, else by {@link SweepUploads}. */
@Component
final class ClearUpload {

    private static final Logger LOG = LoggerFactory.getLogger(ClearUpload.class);

    private final Chunks chunks;
    private final StorageQuota quota;

    ClearUpload(Chunks chunks, StorageQuota quota) {
        this.chunks = chunks;
        this.quota = quota;
    }

    Mono<Void> clear(UUID id, UUID ownerId) {
        return Mono.defer(() -> chunks.deleteAll(id))
                .onErrorResume(error -> {
                    LOG.warn("the chunks of upload {} stay until the sweep: {}", id, error.toString());
                    return Mono.empty();
                })
                .then(Mono.defer(() -> quota.release(ownerId, id)));
    }
}
