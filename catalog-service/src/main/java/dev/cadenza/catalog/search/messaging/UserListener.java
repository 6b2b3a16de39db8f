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
                yield people.put(person(user), event.seq());
            }
            case "auth.user.deleted" ->
                people.remove(event.dataAs(UserSnapshot.class).userId(), event.seq());
            default -> Mono.empty();
        };
    }

    private static People.Person person(UserSnapshot user) {
        UserSnapshot.Profile profile = user.profile();
        return profile == null
                ? new People.Person(
                        user.userId(),
                        user.username(),
                        user.verified(),
                        user.displayName(),
                        null,
                        user.avatarUrl(),
                        null,
                        null,
                        null,
                        People.SocialLinks.NONE,
                        user.createdAt(),
                        null)
                : new People.Person(
                        user.userId(),
                        user.username(),
                        user.verified(),
                        user.displayName(),
                        profile.bio(),
                        user.avatarUrl(),
                        profile.headerUrl(),
                        profile.location(),
                        profile.website(),
                        new People.SocialLinks(
                                profile.twitter(), profile.instagram(), profile.spotify(), profile.soundcloud()),
                        user.createdAt(),
                        profile.updatedAt());
    }
}
