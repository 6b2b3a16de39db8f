package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Removes a track, and its bytes: at once where possible, else by the sweep. */
@Component
public final class DeleteTrack {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteTrack.class);
    private static final int ATTEMPTS = 5;

    private final Tracks tracks;
    private final TrackFiles files;
    private final StorageQuota quota;

    DeleteTrack(Tracks tracks, TrackFiles files, StorageQuota quota) {
        this.quota = quota;
        this.tracks = tracks;
        this.files = files;
    }

    /** NotFound, Forbidden to all but the owner. */
    public Mono<Void> delete(UUID id, UUID caller) {
        return Mono.defer(() -> tracks.find(id))
                .filter(track -> track.state().visibleTo(caller))
                .switchIfEmpty(Mono.error(TrackFailures::notFound))
                .flatMap(track -> track.state().ownedBy(caller)
                        ? tracks.remove(track, new TrackEvent.Deleted())
                        : Mono.error(TrackFailures.notYours()))
                .retryWhen(Retry.max(ATTEMPTS)
                        .filter(DeleteTrack::changedMeanwhile)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()))
                .then(Mono.defer(() -> files.delete(id).onErrorResume(error -> {
                    LOG.warn("the bytes of deleted track {} stay until the sweep: {}", id, error.toString());
                    return Mono.empty();
                })))
                // held still where a process died after it had made the track
                .then(Mono.defer(() -> quota.release(caller, id)));
    }

    /** The analysis or a count wrote between reading and removing. */
    private static boolean changedMeanwhile(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Conflict;
    }
}
