package dev.cadenza.catalog.track.messaging;

import dev.cadenza.catalog.track.RecountTrack;
import dev.cadenza.catalog.track.Tallies;
import dev.cadenza.contracts.analytics.v1.PlayRecorded;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Counts plays. */
@Component
final class PlayListener implements EventHandler {

    private final Tallies tallies;
    private final RecountTrack recount;

    PlayListener(Tallies tallies, RecountTrack recount) {
        this.tallies = tallies;
        this.recount = recount;
    }

    @Override
    public Set<String> topics() {
        return Set.of("analytics.play.v1");
    }

    @Override
    public String group() {
        return "catalog.plays";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        if (!event.type().equals("analytics.play.recorded")) {
            return Mono.empty();
        }
        PlayRecorded play = event.dataAs(PlayRecorded.class);
        return tallies.play(play.playId(), event.seq(), play.trackId()).then(recount.recount(play.trackId()));
    }
}
