package dev.cadenza.catalog.search.messaging;

import dev.cadenza.catalog.search.People;
import dev.cadenza.contracts.auth.v1.UserSnapshot;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps the local copy of the accounts. */
@Component
final class UserListener implements EventHandler {

    private final People people;

    UserListener(People people) {
        this.people = people;
    }

    @Override
    public Set<String> topics() {
        return Set.of("auth.user.v1");
    }

    @Override
    public String group() {
        return "catalog.users";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return switch (event.type()) {
            case "auth.user.registered", "auth.user.verified", "auth.user.updated" -> {
                UserSnapshot user = event.dataAs(UserSnapshot.class);
                yield people.put(new People.Person(user.userId(), user.username()), event.seq());
            }
            case "auth.user.deleted" ->
                people.remove(event.dataAs(UserSnapshot.class).userId(), event.seq());
            default -> Mono.empty();
        };
    }
}
