package dev.cadenza.analytics.track.messaging;

import dev.cadenza.analytics.track.Track;
import dev.cadenza.analytics.track.Tracks;
import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps the local copies of tracks. */
@Component
class TrackHandler implements EventHandler {

    private final Tracks tracks;

    TrackHandler(Tracks tracks) {
        this.tracks = tracks;
    }

    @Override
    public Set<String> topics() {
        return Set.of("catalog.track.v1");
    }

    @Override
    public String group() {
        return "analytics.tracks";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return switch (event.type()) {
            case "catalog.track.uploaded", "catalog.track.processed", "catalog.track.failed", "catalog.track.updated" ->
                store(event);
            case "catalog.track.deleted" -> tracks.remove(event.aggregateId(), event.seq());
            default -> Mono.empty();
        };
    }

    private Mono<Void> store(ReceivedEvent event) {
        TrackSnapshot snapshot = event.dataAs(TrackSnapshot.class);
        return tracks.store(
                new Track(
                        snapshot.trackId(),
                        snapshot.ownerId(),
                        snapshot.title(),
                        snapshot.durationSeconds(),
                        isPublic(snapshot)),
                event.seq());
    }

    /** A track that could not be processed is its owner's alone, as in the catalog. */
    private static boolean isPublic(TrackSnapshot track) {
        return track.isPublic() && !track.status().equals("failed");
    }
}
