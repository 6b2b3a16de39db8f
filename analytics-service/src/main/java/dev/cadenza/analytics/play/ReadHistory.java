package dev.cadenza.analytics.play;

import dev.cadenza.analytics.track.Track;
import dev.cadenza.analytics.track.Tracks;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What somebody listened to, newest first, in whatever dialect. Plays of tracks that were deleted, or that they may not
 * see any more, are neither shown nor counted.
 */
public final class ReadHistory {

    private static final int AT_ONCE = 1_000;

    private final Plays plays;
    private final Tracks tracks;

    public ReadHistory(Plays plays, Tracks tracks) {
        this.plays = plays;
        this.tracks = tracks;
    }

    /** A part of the history. */
    public Mono<Page<Heard>> read(UUID listener, Paging paging) {
        return plays.heardBy(listener)
                .buffer(AT_ONCE)
                .concatMap(heard -> hidden(heard, listener))
                .collect(Collectors.toSet())
                .flatMap(hidden -> plays.history(listener, hidden, paging))
                .flatMap(page -> titled(page, listener));
    }

    private Flux<UUID> hidden(List<UUID> heard, UUID listener) {
        return visible(Set.copyOf(heard), listener).flatMapIterable(visible -> {
            Set<UUID> hidden = new HashSet<>(heard);
            hidden.removeAll(visible.keySet());
            return hidden;
        });
    }

    /** One that went since is left out here. */
    private Mono<Page<Heard>> titled(Page<Play> page, UUID listener) {
        Set<UUID> ids = page.items().stream().map(Play::trackId).collect(Collectors.toSet());
        return visible(ids, listener).map(visible -> {
            Map<Play, Heard> lines = new HashMap<>();
            for (Play play : page.items()) {
                Track track = visible.get(play.trackId());
                if (track != null) {
                    lines.put(play, new Heard(Objects.requireNonNullElse(track.title(), ""), play.at()));
                }
            }
            return page.found(lines);
        });
    }

    private Mono<Map<UUID, Track>> visible(Set<UUID> ids, UUID listener) {
        return tracks.find(ids).filter(track -> track.visibleTo(listener)).collectMap(Track::id);
    }
}
