package dev.cadenza.playlist.track.messaging;

import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import dev.cadenza.playlist.playlist.ForgetTrack;
import dev.cadenza.playlist.track.Track;
import dev.cadenza.playlist.track.Tracks;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps the local copies of tracks, and takes deleted ones out of playlists. */
@Component
class TrackHandler implements EventHandler {

    private final Tracks tracks;
    private final ForgetTrack forgetTrack;

    TrackHandler(Tracks tracks, ForgetTrack forgetTrack) {
        this.tracks = tracks;
        this.forgetTrack = forgetTrack;
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
                tracks.remove(event.aggregateId(), event.seq()).then(forgetTrack.forget(event.aggregateId()));
            default -> Mono.empty();
        };
    }

    private Mono<Void> store(ReceivedEvent event) {
        TrackSnapshot track = event.dataAs(TrackSnapshot.class);
        return tracks.store(
                new Track(
                        track.trackId(),
                        track.ownerId(),
                        track.title(),
                        track.artist(),
                        track.durationSeconds(),
                        isPublic(track)),
                event.seq());
    }

    /** A track that could not be processed is its owner's alone, as in the catalog. */
    private static boolean isPublic(TrackSnapshot track) {
        return track.isPublic() && !track.status().equals("failed");
    }
}
