package dev.cadenza.catalog.track;

import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Brings the counts of a track up to date. */
@Component
public final class RecountTrack {

    private final Tracks tracks;
    private final Tallies tallies;

    RecountTrack(Tracks tracks, Tallies tallies) {
        this.tracks = tracks;
        this.tallies = tallies;
    }

    /** Writes what is known now; whoever writes last looks once more, so that the newest counts stay. */
    public Mono<Void> recount(UUID trackId) {
        return write(trackId)
                .expand(done -> done ? Mono.empty() : write(trackId))
                .then();
    }

    private Mono<Boolean> write(UUID trackId) {
        return Mono.defer(() -> tallies.of(trackId))
                .flatMap(counts -> tracks.change(trackId, track -> track.counted(counts))
                        .then(tallies.of(trackId))
                        .map(counts::equals));
    }
}
