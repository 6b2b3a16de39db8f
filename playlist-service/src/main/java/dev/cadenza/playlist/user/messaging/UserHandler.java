package dev.cadenza.playlist.user.messaging;

import dev.cadenza.contracts.auth.v1.UserSnapshot;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import dev.cadenza.playlist.user.User;
import dev.cadenza.playlist.user.Users;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps the local copies of accounts. */
@Component
class UserHandler implements EventHandler {

    private final Users users;

    UserHandler(Users users) {
        this.users = users;
    }

    @Override
    public Set<String> topics() {
        return Set.of("auth.user.v1");
    }

    @Override
    public String group() {
        return "playlist.users";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return switch (event.type()) {
            case "auth.user.registered", "auth.user.verified", "auth.user.updated" -> {
                UserSnapshot user = event.dataAs(UserSnapshot.class);
                yield users.store(new User(user.userId(), user.username()), event.seq());
            }
            case "auth.user.deleted" -> users.remove(event.aggregateId(), event.seq());
            default -> Mono.empty();
        };
    }
}
