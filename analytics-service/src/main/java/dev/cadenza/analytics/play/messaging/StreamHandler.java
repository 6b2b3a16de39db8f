package dev.cadenza.analytics.play.messaging;

import dev.cadenza.analytics.play.CountStream;
import dev.cadenza.contracts.catalog.v1.StreamStarted;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Hears of listening. */
@Component
class StreamHandler implements EventHandler {

    private final CountStream countStream;

    StreamHandler(CountStream countStream) {
        this.countStream = countStream;
    }

    @Override
    public Set<String> topics() {
        return Set.of("catalog.stream.v1");
    }

    @Override
    public String group() {
        return "analytics.plays";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        if (!event.type().equals("catalog.stream.started")) {
            return Mono.empty();
        }
        StreamStarted stream = event.dataAs(StreamStarted.class);
        return countStream.count(
                stream.streamId(), stream.trackId(), stream.ownerId(), stream.listenerId(), stream.startedAt());
    }
}
