package dev.cadenza.catalog.upload;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives up an upload of which its owner wants nothing to come. */
@Component
public final class AbandonUpload {

    private final FindUpload find;
    private final UploadSessions sessions;
    private final ClearUpload clear;
    private final Clock clock;

    AbandonUpload(FindUpload find, UploadSessions sessions, ClearUpload clear, Clock clock) {
        this.find = find;
        this.sessions = sessions;
        this.clear = clear;
        this.clock = clock;
    }

    /** NotFound where there is none of the caller's, or it has become a track; Conflict while it becomes one. */
    public Mono<Void> abandon(UUID id, UUID caller) {
        return find.owned(id, caller)
                .filter(session -> !session.state().isComplete())
                .switchIfEmpty(Mono.error(FindUpload::notFound))
                // from here on nobody makes a track of it
                .flatMap(session -> sessions.change(id, state -> state.givenUp(clock.instant())))
                .then(clear.clear(id, caller))
                .then(Mono.defer(() -> sessions.remove(id)));
    }
}
