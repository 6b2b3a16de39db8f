package dev.cadenza.playlist.track.messaging;

import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import dev.cadenza.playlist.playlist.SettleTrack;
import dev.cadenza.playlist.track.Track;
import dev.cadenza.playlist.track.Tracks;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps the local copies of tracks, and tells playlists what became of theirs. */
@Component
class TrackHandler implements EventHandler {

    private final Tracks tracks;
    private final SettleTrack settleTrack;

    TrackHandler(Tracks tracks, SettleTrack settleTrack) {
        this.tracks = tracks;
        this.settleTrack = settleTrack;
    }

    @Override
    public Set<String> topics() {
        return Set.of("catalog.track.v1");
    }

    @Override
    public String group() {
        return "playlist.tracks";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return switch (event.type()) {
            case "catalog.track.uploaded", "catalog.track.processed", "catalog.track.failed", "catalog.track.updated" ->
                store(event);
            case "catalog.track.deleted" ->
                tracks.remove(event.aggregateId(), event.seq()).then(settleTrack.settle(event.aggregateId()));
            default -> Mono.empty();
        };
    }

    private Mono<Void> store(ReceivedEvent event) {
        TrackSnapshot track = event.dataAs(TrackSnapshot.class);
        return tracks.store(
                        new Track(
                                track.trackId(),
                                track.number(),
                                track.ownerId(),
                                track.ownerUsername(),
                                track.title(),
                                track.artist(),
                                track.genre(),
                                track.durationSeconds(),
                                isPublic(track)),
                        event.seq())
                .then(settleTrack.settle(track.trackId()));
    }

    /** A track that could not be processed is its owner's alone, as in the catalog. */
    private static boolean isPublic(TrackSnapshot track) {
        return track.isPublic() && !track.status().equals("failed");
    }
}
