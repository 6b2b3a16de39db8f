package dev.cadenza.catalog.album;

import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A track is gone: it leaves its album. Harmless to repeat. */
@Component
public final class DropTrack {

    private final Albums albums;
    private final Clock clock;

    DropTrack(Albums albums, Clock clock) {
        this.albums = albums;
        this.clock = clock;
    }

    /** Completes when no album has it any more. */
    public Mono<Void> drop(UUID trackId) {
        Set<UUID> gone = Set.of(trackId);
        return albums.containing(gone)
                .concatMap(album -> albums.change(album.id(), state -> state.without(gone, clock.instant())))
                .then();
    }
}
