package dev.cadenza.catalog.album;

import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A track is gone: it leaves its album. Harmless to repeat. */
@Component
public final class DropTrack {

    private final AlbumTracks tracks;

    DropTrack(AlbumTracks tracks) {
        this.tracks = tracks;
    }

    /** Completes when no album has it any more. */
    public Mono<Void> drop(UUID trackId) {
        return tracks.takenOut(Set.of(trackId), null);
    }
}
