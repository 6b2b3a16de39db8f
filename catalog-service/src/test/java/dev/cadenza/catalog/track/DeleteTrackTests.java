package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class DeleteTrackTests {

    private static final UUID OWNER = UUID.randomUUID();
    private static final TrackSettings SETTINGS = new TrackSettings(
            DataSize.ofMegabytes(1),
            DataSize.ofMegabytes(1),
            Duration.ofMinutes(1),
            1,
            new TrackSettings.Analysis(1, Duration.ofMinutes(1), Duration.ofMinutes(1)),
            new TrackSettings.Sweep(Duration.ofMinutes(1), Duration.ofMinutes(1)));

    @Test
    void aTrackThatNeverHoldsStillIsAConflict() {
        Restless tracks = new Restless();
        StorageQuota quota = new StorageQuota(tracks, new NoAccounts(), SETTINGS, Clock.systemUTC());
        StepVerifier.create(new DeleteTrack(tracks, new NoFiles(), quota).delete(UUID.randomUUID(), OWNER))
                .expectErrorMatches(error ->
                        error instanceof FailureException failed && failed.failure() instanceof Failure.Conflict)
                .verify();
    }

    /** Nobody uploads anything. */
    static final class NoAccounts implements StorageAccounts {
        @Override
        public Mono<Versioned<StorageAccount>> find(UUID ownerId) {
            return Mono.empty();
        }

        @Override
        public Mono<Versioned<StorageAccount>> open(UUID ownerId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> replace(Versioned<StorageAccount> current, StorageAccount next) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> forget(UUID ownerId) {
            throw new UnsupportedOperationException();
        }
    }

    /** One track that somebody changes between every reading and removing. */
    private static final class Restless implements Tracks {
        @Override
        public Mono<Versioned<Track>> find(UUID id) {
            AudioFacts audio = new AudioFacts("wav", "pcm_s16le", "audio/wav", 1, 44_100, 2, 1_411, 176_444);
            TrackDetails details = new TrackDetails("Song", "Ada", null, null, null, true);
            return Mono.just(new Versioned<>(
                    id,
                    1,
                    1L,
                    Track.uploaded(OWNER, "ada", details, audio, "tag", Instant.EPOCH)
                            .state()));
        }

        @Override
        public Mono<Void> remove(Versioned<Track> track, TrackEvent event) {
            return Mono.error(Failure.conflict("track.stale", "Changed."));
        }

        @Override
        public Mono<Versioned<Track>> findByNumber(long number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Boolean> hasTitle(UUID ownerId, String title) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<UUID> visible(Collection<UUID> ids, @Nullable UUID viewer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<Versioned<Track>> all(Collection<UUID> ids) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Versioned<Track>> add(UUID id, Change<Track, TrackEvent> change) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Versioned<Track>> change(UUID id, Function<Track, Change<Track, TrackEvent>> transition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<UUID> ids() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void afterWrite(Consumer<UUID> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<UUID> awaitingAnalysis(Instant now, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Long> bytesOf(UUID ownerId, Collection<UUID> except) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<UUID> removeAllOf(UUID ownerId, TrackEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<UUID> kept(Collection<UUID> ids) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class NoFiles implements TrackFiles {
        @Override
        public Mono<Void> delete(UUID trackId) {
            return Mono.empty();
        }

        @Override
        public Mono<String> store(UUID trackId, Path file, String contentType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<ByteBuffer> read(UUID trackId, long offset, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<URI> address(UUID trackId, Duration validFor, @Nullable String disposition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Mono<T> withCopy(UUID trackId, Function<Path, Mono<T>> work) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<UUID> storedBefore(Instant time) {
            throw new UnsupportedOperationException();
        }
    }
}
