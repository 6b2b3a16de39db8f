package dev.cadenza.social;

import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.MovableClock;
import dev.cadenza.platform.testing.ServiceIT;
import dev.cadenza.social.track.Track;
import dev.cadenza.social.track.Tracks;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;

/** The service, with a clock that the tests move and webhooks in a hurry. */
@Import(MovableClock.class)
@TestPropertySource(
        properties = {
            "cadenza.webhooks.allowed-private-networks=127.0.0.0/8",
            "cadenza.webhooks.poll=50ms",
            "cadenza.webhooks.timeout=2s",
            "cadenza.webhooks.lease=3s",
            "cadenza.webhooks.max-per-owner=4"
        })
public abstract class SocialIT extends ServiceIT {

    @Autowired
    protected Tracks tracks;

    @Autowired
    protected MovableClock clock;

    /** A track that the catalog told of. */
    protected UUID track(User owner, boolean isPublic) {
        UUID id = Ids.next();
        tracks.store(new Track(id, owner.id(), isPublic), 1).block();
        return id;
    }

    /** What is there. */
    protected static <T> T get(Mono<T> mono) {
        return mono.blockOptional(Duration.ofSeconds(20)).orElseThrow();
    }
}
