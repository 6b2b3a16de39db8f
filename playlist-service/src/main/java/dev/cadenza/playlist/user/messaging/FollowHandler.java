package dev.cadenza.playlist.user.messaging;

import dev.cadenza.contracts.social.v1.FollowChanged;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import dev.cadenza.playlist.user.FollowedUsers;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps the local copies of follows. */
@Component
class FollowHandler implements EventHandler {

    private final FollowedUsers followed;

    FollowHandler(FollowedUsers followed) {
        this.followed = followed;
    }

    @Override
    public Set<String> topics() {
        return Set.of("social.follow.v1");
    }

    @Override
    public String group() {
        return "playlist.user_follows";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return switch (event.type()) {
            case "social.follow.followed" -> {
                FollowChanged follow = event.dataAs(FollowChanged.class);
                yield followed.store(event.aggregateId(), follow.followerId(), follow.followedId(), event.seq());
            }
            case "social.follow.unfollowed" -> followed.remove(event.aggregateId(), event.seq());
            default -> Mono.empty();
        };
    }
}
