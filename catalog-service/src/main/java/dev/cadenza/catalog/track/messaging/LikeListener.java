package dev.cadenza.catalog.track.messaging;

import dev.cadenza.catalog.track.RecountTrack;
import dev.cadenza.catalog.track.Tallies;
import dev.cadenza.contracts.social.v1.LikeChanged;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Counts likes. */
@Component
final class LikeListener implements EventHandler {

    private final Tallies tallies;
    private final RecountTrack recount;

    LikeListener(Tallies tallies, RecountTrack recount) {
        this.tallies = tallies;
        this.recount = recount;
    }

    @Override
    public Set<String> topics() {
        return Set.of("social.like.v1");
    }

    @Override
    public String group() {
        return "catalog.likes";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return switch (event.type()) {
            case "social.like.liked", "social.like.unliked" -> {
                LikeChanged like = event.dataAs(LikeChanged.class);
                yield tallies.like(like.trackId(), like.userId(), event.seq(), like.liked())
                        .then(recount.recount(like.trackId()));
            }
            default -> Mono.empty();
        };
    }
}
