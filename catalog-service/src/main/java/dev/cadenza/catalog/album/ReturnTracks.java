package dev.cadenza.catalog.album;

import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Puts tracks back that left their album for another one and did not arrive, because a process died meanwhile. */
@Component
public final class ReturnTracks {

    /** Longer than moving takes. */
    private static final Duration LOST = Duration.ofMinutes(1);

    private final Albums albums;
    private final Tracks tracks;
    private final Clock clock;

    ReturnTracks(Albums albums, Tracks tracks, Clock clock) {
        this.albums = albums;
        this.tracks = tracks;
        this.clock = clock;
    }

    /** One round; in how many albums tracks were looked for. */
    public Mono<Long> returnTracks() {
        return albums.departedBefore(clock.instant().minus(LOST))
                .concatMap(album -> lost(Objects.requireNonNull(album.state().departure())
                                .before())
                        .flatMap(lost -> albums.change(album.id(), state -> state.arrived(lost, clock.instant()))))
                .count();
    }

    /** Those of these tracks that are there, and in no album. */
    private Mono<Set<UUID>> lost(List<UUID> ids) {
        return albums.containing(ids)
                .flatMapIterable(album -> album.state().trackIds())
                .collect(Collectors.toSet())
                .flatMap(kept -> tracks.all(ids)
                        .map(Versioned::id)
                        .filter(id -> !kept.contains(id))
                        .collect(Collectors.toSet()));
    }
}
