package dev.cadenza.playlist.user;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.events.EventsUnderWay;
import java.time.Clock;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Finds an account; one that registered a moment ago is waited for. */
public final class FindUser {

    private final Users users;
    private final Clock clock;

    public FindUser(Users users, Clock clock) {
        this.users = users;
        this.clock = clock;
    }

    /** Fails with {@link Failure.NotFound} when there is none. */
    public Mono<User> find(UUID id) {
        return EventsUnderWay.await(id, clock, Mono.defer(() -> users.find(id)))
                .switchIfEmpty(Mono.error(() -> Failure.notFound("user.not_found", "User not found.")));
    }
}
