package dev.cadenza.catalog.product.messaging;

import dev.cadenza.catalog.product.FollowTrack;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes products of tracks that are gone or hidden off the lists, whoever did that and whatever died meanwhile. */
@Component("productTrackListener")
final class TrackListener implements EventHandler {

    private final FollowTrack follow;

    TrackListener(FollowTrack follow) {
        this.follow = follow;
    }

    @Override
    public Set<String> topics() {
        return Set.of("catalog.track.v1");
    }

    @Override
    public String group() {
        return "catalog.products";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return follow.follow(event.aggregateId());
    }
}
