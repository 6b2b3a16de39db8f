package dev.cadenza.catalog.upload;

import dev.cadenza.catalog.track.StorageQuota;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives up an upload of which its owner wants nothing to come. */
@Component
public final class AbandonUpload {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonUpload.class);

    private final FindUpload find;
    private final UploadSessions sessions;
    private final Chunks chunks;
    private final StorageQuota quota;
    private final Clock clock;

    AbandonUpload(FindUpload find, UploadSessions sessions, Chunks chunks, StorageQuota quota, Clock clock) {
        this.find = find;
        this.sessions = sessions;
        this.chunks = chunks;
        this.quota = quota;
        this.clock = clock;
    }

    /** NotFound where there is none of the caller's, or it has become a track; Conflict while it becomes one. */
    public Mono<Void> abandon(UUID id, UUID caller) {
        return find.owned(id, caller)
                .filter(session -> !session.state().isComplete())
                .switchIfEmpty(Mono.error(FindUpload::notFound))
                // from here on nobody makes a track of it
                .flatMap(session -> sessions.change(id, state -> state.givenUp(clock.instant())))
                .then(Mono.defer(() -> chunks.deleteAll(id)).onErrorResume(error -> {
                    LOG.warn("the chunks of the abandoned upload {} stay until the sweep: {}", id, error.toString());
                    return Mono.empty();
                }))
                .then(Mono.defer(() -> quota.release(caller, id)))
                .then(Mono.defer(() -> sessions.remove(id)));
    }
}
