package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Notes that somebody begins to listen. */
@Component
public final class PlayTrack {

    private static final Logger LOG = LoggerFactory.getLogger(PlayTrack.class);

    private final Streams streams;
    private final Supplier<UUID> ids;
    private final Clock clock;

    PlayTrack(Streams streams, Supplier<UUID> ids, Clock clock) {
        this.streams = streams;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Never fails: somebody who listens shall not wait for a count.
     *
     * @param listener null for somebody without an identity
     */
    public Mono<Void> begin(Versioned<Track> track, @Nullable UUID listener) {
        Streams.Started started = new Streams.Started(
                track.id(),
                track.state().ownerId(),
                listener,
                track.state().audio().durationSeconds(),
                clock.instant());
        return streams.add(ids.get(), started).onErrorResume(error -> {
            LOG.warn("a listening to track {} was not counted: {}", track.id(), error.toString());
            return Mono.empty();
        });
    }
}
