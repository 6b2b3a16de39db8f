package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Changes what is said about a track. */
@Component
public final class DescribeTrack {

    private final Tracks tracks;
    private final Clock clock;

    DescribeTrack(Tracks tracks, Clock clock) {
        this.tracks = tracks;
        this.clock = clock;
    }

    /** NotFound, Forbidden to all but the owner, Invalid. */
    public Mono<Versioned<Track>> describe(UUID id, UUID caller, TrackDetails.Change change) {
        return describe(id, caller, change, LinkedAudio.UNCHANGED);
    }

    /** The same, and what is said about audio that is kept elsewhere. */
    public Mono<Versioned<Track>> describe(UUID id, UUID caller, TrackDetails.Change change, LinkedAudio said) {
        return tracks.change(id, track -> {
                    if (!track.visibleTo(caller)) {
                        throw TrackFailures.notFound();
                    }
                    if (!track.ownedBy(caller)) {
                        throw TrackFailures.notYours();
                    }
                    return track.described(change, said, clock.instant());
                })
                .switchIfEmpty(Mono.error(TrackFailures::notFound));
    }
}
