package dev.cadenza.social.track;

import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Ids;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class FindTrackTests {

    private final UUID owner = UUID.randomUUID();
    private final Map<UUID, Track> known = new ConcurrentHashMap<>();
    private final FindTrack findTrack = new FindTrack(new KnownTracks(), Clock.systemUTC());

    @Test
    void findsAPublicTrackForEverybodyAndAPrivateOneForItsOwner() {
        UUID open = known(true);
        UUID closed = known(false);

        StepVerifier.create(findTrack.find(open, null)).expectNextCount(1).verifyComplete();
        StepVerifier.create(findTrack.find(closed, owner)).expectNextCount(1).verifyComplete();
        StepVerifier.create(findTrack.find(closed, null)).verifyError(FailureException.class);
        StepVerifier.create(findTrack.find(closed, UUID.randomUUID())).verifyError(FailureException.class);
    }

    @Test
    void waitsForTheEventOfAYoungTrack() {
        UUID young = Ids.next();

        StepVerifier.withVirtualTime(() -> findTrack.find(young, null))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(500))
                .then(() -> known.put(young, new Track(young, owner, true)))
                .thenAwait(Duration.ofMillis(100))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void doesNotWaitForYoungTracksForEver() {
        StepVerifier.withVirtualTime(() -> findTrack.find(Ids.next(), null))
                .thenAwait(Duration.ofMillis(2_500))
                .verifyError(FailureException.class);
    }

    @Test
    void doesNotWaitForIdsThatCannotBeNew() {
        UUID old = new UUID((1_600_000_000_000L << 16) | 0x7000, 0x8000_0000_0000_0000L);

        StepVerifier.create(findTrack.find(UUID.randomUUID(), null)).verifyError(FailureException.class);
        StepVerifier.create(findTrack.find(old, null)).verifyError(FailureException.class);
    }

    private UUID known(boolean isPublic) {
        UUID id = UUID.randomUUID();
        known.put(id, new Track(id, owner, isPublic));
        return id;
    }

    private final class KnownTracks implements Tracks {

        @Override
        public Mono<Track> find(UUID id) {
            @Nullable Track track = known.get(id);
            return Mono.justOrEmpty(track);
        }

        @Override
        public Mono<Void> store(Track track, long seq) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> remove(UUID id, long seq) {
            throw new UnsupportedOperationException();
        }
    }
}
