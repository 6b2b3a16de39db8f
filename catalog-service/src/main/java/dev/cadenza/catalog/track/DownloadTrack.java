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

/** Notes that somebody begins to download, and counts it. */
@Component
public final class DownloadTrack {

    private static final Logger LOG = LoggerFactory.getLogger(DownloadTrack.class);

    private final Downloads downloads;
    private final RecountTrack recount;
    private final Supplier<UUID> ids;
    private final Clock clock;

    DownloadTrack(Downloads downloads, RecountTrack recount, Supplier<UUID> ids, Clock clock) {
        this.downloads = downloads;
        this.recount = recount;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Never fails: nobody shall go without a file because of a count.
     *
     * @param listener null for somebody without an identity
     */
    public Mono<Void> begin(Versioned<Track> track, @Nullable UUID listener) {
        return Mono.defer(() -> downloads.add(
                        ids.get(),
                        new Downloads.Started(track.id(), track.state().ownerId(), listener, clock.instant())))
                .then(recount.recount(track.id()))
                .onErrorResume(error -> {
                    LOG.warn("a download of track {} was not counted: {}", track.id(), error.toString());
                    return Mono.empty();
                });
    }
}
