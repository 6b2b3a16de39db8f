package dev.cadenza.catalog.upload;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** An upload, for its owner. */
@Component
public final class FindUpload {

    private final UploadSessions sessions;

    FindUpload(UploadSessions sessions) {
        this.sessions = sessions;
    }

    /** NotFound where there is none, or it is somebody else's. */
    public Mono<UploadState> find(UUID id, UUID caller) {
        return owned(id, caller).map(UploadState::of);
    }

    Mono<Versioned<UploadSession>> owned(UUID id, UUID caller) {
        return sessions.find(id)
                .filter(session -> session.state().ownerId().equals(caller))
                .switchIfEmpty(Mono.error(FindUpload::notFound));
    }

    static FailureException notFound() {
        return Failure.notFound("upload.not_found", "Upload not found.");
    }
}
