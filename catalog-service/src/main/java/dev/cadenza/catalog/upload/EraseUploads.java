package dev.cadenza.catalog.upload;

import dev.cadenza.platform.events.PersonalData;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** An account is gone: so is what it was uploading. */
@Component
public final class EraseUploads implements PersonalData {

    private final UploadSessions sessions;
    private final Chunks chunks;

    EraseUploads(UploadSessions sessions, Chunks chunks) {
        this.sessions = sessions;
        this.chunks = chunks;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return sessions.of(account)
                .concatMap(id -> chunks.deleteAll(id).then(sessions.remove(id)), 1)
                .then();
    }
}
