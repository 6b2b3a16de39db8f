package dev.cadenza.catalog.album.messaging;

import dev.cadenza.catalog.album.DropTrack;
import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes tracks that are gone out of their albums, whoever removed them and whatever died meanwhile. */
@Component("albumTrackListener")
final class TrackListener implements EventHandler {

    private final DropTrack drop;

    TrackListener(DropTrack drop) {
        this.drop = drop;
    }

    @Override
    public Set<String> topics() {
        return Set.of("catalog.track.v1");
    }

    @Override
    public String group() {
        return "catalog.albums";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return event.type().equals("catalog.track.deleted")
                ? drop.drop(event.dataAs(TrackSnapshot.class).trackId())
                : Mono.empty();
    }
}
