package dev.cadenza.playlist.playlist.messaging;

import dev.cadenza.contracts.playlist.v1.PlaylistFollowChanged;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import dev.cadenza.playlist.playlist.CountFollowers;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Counts followers when somebody follows or does not any more, also when whoever wrote that down died before counting. */
@Component
class FollowerHandler implements EventHandler {

    private final CountFollowers countFollowers;

    FollowerHandler(CountFollowers countFollowers) {
        this.countFollowers = countFollowers;
    }

    @Override
    public Set<String> topics() {
        return Set.of(FollowEventTranslator.TOPIC);
    }

    @Override
    public String group() {
        return "playlist.followers";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return switch (event.type()) {
            case "playlist.follow.followed", "playlist.follow.unfollowed" ->
                countFollowers.count(event.dataAs(PlaylistFollowChanged.class).playlistId());
            default -> Mono.empty();
        };
    }
}
