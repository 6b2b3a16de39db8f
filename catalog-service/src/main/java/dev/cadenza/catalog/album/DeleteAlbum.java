package dev.cadenza.catalog.album;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Removes an album; its tracks stay, in no album. */
@Component
public final class DeleteAlbum {

    private static final int ATTEMPTS = 5;

    private final Albums albums;

    DeleteAlbum(Albums albums) {
        this.albums = albums;
    }

    /** NotFound, Forbidden to all but the owner. */
    public Mono<Void> delete(UUID id, UUID caller) {
        return Mono.defer(() -> albums.find(id))
                .filter(album -> album.state().visibleTo(caller))
                .switchIfEmpty(Mono.error(AlbumFailures::notFound))
                .flatMap(album -> album.state().ownedBy(caller)
                        ? albums.remove(album, new AlbumEvent.Deleted())
                        : Mono.error(AlbumFailures.notYours()))
                .retryWhen(Retry.max(ATTEMPTS)
                        .filter(DeleteAlbum::changedMeanwhile)
                        .onRetryExhaustedThrow((spec, signal) -> Objects.requireNonNull(signal.failure())));
    }

    /** A track left it between reading and removing. */
    private static boolean changedMeanwhile(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Conflict;
    }
}
