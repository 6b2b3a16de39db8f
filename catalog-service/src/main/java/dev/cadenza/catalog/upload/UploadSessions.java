package dev.cadenza.catalog.upload;

import dev.cadenza.catalog.upload.UploadSession.NoEvent;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Uploads in chunks. */
public interface UploadSessions {

    /** Stores a new one. */
    Mono<Versioned<UploadSession>> add(UUID id, Change<UploadSession, NoEvent> change);

    /** Empty where there is none. */
    Mono<Versioned<UploadSession>> find(UUID id);

    /** Reads, applies, writes, again on a lost race; empty where there is none. */
    Mono<Versioned<UploadSession>> change(UUID id, Function<UploadSession, Change<UploadSession, NoEvent>> transition);

    /** Those that began before. */
    Flux<UUID> begunBefore(Instant time);

    /** Those of these ids that there are. */
    Flux<UUID> existing(Collection<UUID> ids);

    /** All of one owner. */
    Flux<UUID> of(UUID ownerId);

    /** Forgets it; nothing happens where it is gone. */
    Mono<Void> remove(UUID id);
}
