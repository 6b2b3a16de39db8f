package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.RequestedIds;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes a track of audio that is kept elsewhere; nothing is fetched from there. */
@Component
public final class LinkTrack {

    private final Tracks tracks;
    private final Supplier<UUID> ids;
    private final Clock clock;

    LinkTrack(Tracks tracks, Supplier<UUID> ids, Clock clock) {
        this.tracks = tracks;
        this.ids = ids;
        this.clock = clock;
    }

    /** Private unless said otherwise, by the owner unless an artist is named; Invalid naming every wrong field. */
    public Mono<Versioned<Track>> link(UploadTrack.Owner owner, TrackDetails.Change told, LinkedAudio audio) {
        return Mono.defer(() -> {
            List<Violation> violations = new ArrayList<>();
            TrackDetails details =
                    new TrackDetails("", owner.username(), null, null, null, false).with(told, violations);
            if (told.title() == null) {
                violations.add(Violation.of("title", "The title is required."));
            }
            String link = audio.requiredLink(violations);
            AudioFacts facts = audio.facts(violations);
            if (!violations.isEmpty()) {
                throw Failure.invalid(violations);
            }
            // a request that is made again finds what it made before
            return RequestedIds.of("track", ids)
                    .flatMap(id -> tracks.add(
                                    id,
                                    Track.linked(owner.id(), owner.username(), details, facts, link, clock.instant()))
                            .onErrorResume(LinkTrack::isThere, error -> tracks.find(id)));
        });
    }

    private static boolean isThere(Throwable error) {
        return error instanceof FailureException e
                && e.failure() instanceof Failure.Conflict conflict
                && conflict.code().equals("track.exists");
    }
}
