package dev.cadenza.catalog.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.testing.MovableClock;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What becomes of a track while it is measured, with everything around it in the test's hand. */
class AnalyzeTrackTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofMillis(300);
    private static final Inspector.Measurement FOUND = new Inspector.Measurement.Measured(
            new LoudnessFacts(-14.0, 3, -1.0),
            120.0,
            "A minor",
            new Inspector.Cover(Path.of("artwork"), Path.of("thumbnail")),
            Path.of("waveform"));

    private final MovableClock clock = new MovableClock();
    private final UUID id = Ids.next();
    private final OneTrack tracks = new OneTrack();
    private final Objects objects = new Objects();
    private final Ears ears = new Ears();

    private AnalyzeTrack analyze() {
        TrackSettings settings = new TrackSettings(
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(1),
                LEASE,
                1,
                new TrackSettings.Analysis(1, LEASE, LEASE),
                new TrackSettings.Sweep(LEASE, LEASE));
        StorageQuota quota = new StorageQuota(tracks, new DeleteTrackTests.NoAccounts(), settings, clock);
        return new AnalyzeTrack(tracks, objects, objects, ears, quota, settings, clock);
    }

    private @Nullable Boolean analyzed() {
        return analyze().analyze(id).block(PATIENCE);
    }

    @Test
    void keepsWhatWasFound() {
        ears.result = Mono.just(FOUND);
        assertThat(analyzed()).isTrue();
        assertThat(tracks.state().status()).isEqualTo(TrackStatus.COMPLETED);
        assertThat(tracks.state().findings())
                .isEqualTo(new Findings(new LoudnessFacts(-14.0, 3, -1.0), 120.0, "A minor", "etag of artwork", true));
        assertThat(tracks.state().progress()).isEqualTo(100);
        assertThat(objects.stored).containsExactlyInAnyOrder("ARTWORK", "THUMBNAIL", "WAVEFORM");
        assertThat(tracks.events).containsExactly(new TrackEvent.Processed());
        assertThat(analyzed()).isFalse();
        assertThat(tracks.events).hasSize(1);
    }

    @Test
    void whatIsNoAudioFailsWithTheReason() {
        ears.result = Mono.just(new Inspector.Measurement.Unusable("It is a letter."));
        assertThat(analyzed()).isTrue();
        assertThat(tracks.state().status()).isEqualTo(TrackStatus.FAILED);
        assertThat(tracks.state().failure()).isEqualTo("It is a letter.");
        assertThat(objects.stored).isEmpty();
        assertThat(tracks.events).containsExactly(new TrackEvent.Failed());
    }

    @Test
    void waitsWhileTheStoreIsDownAndBlamesNobody() {
        ears.result = Mono.just(FOUND);
        objects.down.set(true);
        for (int i = 0; i < 5; i++) {
            assertThat(analyzed()).isFalse();
            assertThat(tracks.state().status()).isEqualTo(TrackStatus.PROCESSING);
            assertThat(tracks.state().analysis().failures()).isZero();
            // it rests: others come first
            assertThat(analyzed()).isFalse();
            clock.advance(LEASE);
        }
        objects.down.set(false);
        assertThat(analyzed()).isTrue();
        assertThat(tracks.state().status()).isEqualTo(TrackStatus.COMPLETED);
        assertThat(tracks.events).containsExactly(new TrackEvent.Processed());
    }

    @Test
    void whatIsEndedFromOutsideIsTriedAgainAndNotBlamed() {
        ears.result = Mono.error(() -> Failure.unavailable("x", "FFmpeg was killed.", 1));
        for (int i = 0; i < 10; i++) {
            assertThat(analyzed()).isFalse();
            clock.advance(LEASE);
        }
        ears.result = Mono.just(FOUND);
        assertThat(analyzed()).isTrue();
        assertThat(tracks.state().status()).isEqualTo(TrackStatus.COMPLETED);
    }

    @Test
    void whatBreaksEachTimeFailsAfterThree() {
        ears.result = Mono.error(() -> new IllegalStateException("more than it may have"));
        for (int i = 0; i < 3; i++) {
            assertThat(tracks.state().status()).isEqualTo(TrackStatus.PROCESSING);
            assertThat(analyzed()).isFalse();
            clock.advance(LEASE);
        }
        assertThat(tracks.state().status()).isEqualTo(TrackStatus.FAILED);
        assertThat(tracks.state().failure()).endsWith(".");
    }

    @Test
    void isDoneByAnotherOnceWhereItsProcessFellSilent() {
        Sinks.One<Inspector.Measurement> late = Sinks.one();
        tracks.deaf.set(true); // no sign of life arrives
        ears.result = late.asMono();
        AtomicReference<Boolean> silent = new AtomicReference<>();
        var first = analyze().analyze(id).subscribe(silent::set);
        await().atMost(PATIENCE).until(() -> tracks.state().analysis().leaseUntil() != null);
        assertThat(analyzed()).isFalse();

        clock.advance(LEASE);
        tracks.deaf.set(false);
        ears.result = Mono.just(FOUND);
        assertThat(analyzed()).isTrue();
        late.tryEmitValue(new Inspector.Measurement.Unusable("Too late."));
        await().atMost(PATIENCE).until(() -> silent.get() != null);
        assertThat(tracks.state().status()).isEqualTo(TrackStatus.COMPLETED);
        assertThat(tracks.events).containsExactly(new TrackEvent.Processed());
        first.dispose();
    }

    @Test
    void tellsHowFarItIsAndKeepsTheTrackMeanwhile() {
        Sinks.One<Inspector.Measurement> end = Sinks.one();
        ears.result = end.asMono();
        ears.heard = 4;
        var running = analyze().analyze(id).subscribe();
        await().atMost(PATIENCE).until(() -> tracks.state().progress() == 40);
        ears.told.accept(1000);
        await().atMost(PATIENCE).until(() -> tracks.state().progress() == 99);
        Instant kept = clock.instant().plus(LEASE);
        clock.advance(LEASE.dividedBy(2));
        await().atMost(PATIENCE)
                .until(() -> tracks.state().analysis().leaseUntil() instanceof Instant until && until.isAfter(kept));
        assertThat(analyzed()).isFalse();
        end.tryEmitValue(FOUND);
        await().atMost(PATIENCE).until(() -> tracks.state().progress() == 100);
        running.dispose();
    }

    @Test
    void stopsWhereTheTrackIsDeletedMeanwhileAndLeavesNothing() {
        ears.result = Mono.never();
        objects.stored.add("WAVEFORM"); // just before
        AtomicReference<Boolean> ended = new AtomicReference<>();
        var running = analyze().analyze(id).subscribe(ended::set);
        await().atMost(PATIENCE).until(() -> tracks.state().analysis().leaseUntil() != null);
        tracks.gone.set(true);
        await().atMost(PATIENCE).until(() -> ended.get() != null);
        assertThat(ended.get()).isFalse();
        assertThat(objects.stored).isEmpty();
        running.dispose();
    }

    @Test
    void leavesNothingOfATrackThatWasDeletedAtTheVeryEnd() {
        ears.result = Mono.fromSupplier(() -> {
            tracks.gone.set(true);
            return FOUND;
        });
        assertThat(analyzed()).isFalse();
        assertThat(objects.stored).isEmpty();
    }

    private static final class Ears implements Inspector {
        private Mono<Measurement> result = Mono.never();
        private double heard;
        private volatile DoubleConsumer told = seconds -> {};

        @Override
        public Mono<Inspected> inspect(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Mono<T> measure(Path file, DoubleConsumer heard, Function<Measurement, Mono<T>> use) {
            told = heard;
            heard.accept(this.heard);
            return result.flatMap(use);
        }
    }

    private static final class Objects implements TrackFiles, TrackExtras {
        private final Collection<String> stored = new ConcurrentSkipListSet<>();
        private final AtomicBoolean down = new AtomicBoolean();

        @Override
        public Mono<String> store(UUID trackId, Kind kind, Path file) {
            return Mono.defer(() -> {
                if (down.get()) {
                    return Mono.error(Failure.unavailable("storage.unavailable", "Down.", 1));
                }
                stored.add(kind.name());
                return Mono.just("etag of " + file);
            });
        }

        @Override
        public Mono<Void> delete(UUID trackId) {
            return Mono.fromRunnable(stored::clear);
        }

        @Override
        public Mono<URI> address(UUID trackId, Duration validFor, @Nullable String disposition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Mono<T> withCopy(UUID trackId, Function<Path, Mono<T>> work) {
            return work.apply(Path.of("copy"));
        }

        @Override
        public Mono<Stored> find(UUID trackId, Kind kind) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<ByteBuffer> read(UUID trackId, Kind kind, long offset, long length) {
            throw new UnsupportedOperationException();
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
        public Flux<UUID> storedBefore(Instant time) {
            throw new UnsupportedOperationException();
        }
    }

    /** One track of ten seconds; keeps what is told. */
    private final class OneTrack implements Tracks {
        private final AtomicBoolean gone = new AtomicBoolean();
        private final AtomicBoolean deaf = new AtomicBoolean();
        private final List<TrackEvent> events = new CopyOnWriteArrayList<>();
        private volatile Track state = Track.uploaded(
                        Ids.next(),
                        "ada",
                        new TrackDetails("Song", "Ada", null, null, null, true),
                        new AudioFacts("wav", "pcm_s16le", "audio/wav", 10, 44_100, 2, 1411, 1_764_000),
                        "etag",
                        clock.instant())
                .state();

        Track state() {
            return state;
        }

        @Override
        public Mono<Versioned<Track>> find(UUID wanted) {
            return Mono.defer(() -> gone.get() ? Mono.empty() : Mono.just(new Versioned<>(wanted, 1, 1L, state)));
        }

        @Override
        public Mono<Versioned<Track>> change(UUID wanted, Function<Track, Change<Track, TrackEvent>> transition) {
            return find(wanted).flatMap(found -> {
                synchronized (this) {
                    Change<Track, TrackEvent> change = transition.apply(state);
                    if (!deaf.get() || state.analysis().leaseUntil() == null) {
                        state = change.state();
                        events.addAll(change.events());
                    }
                }
                return find(wanted);
            });
        }

        @Override
        public Mono<Versioned<Track>> add(UUID track, Change<Track, TrackEvent> change) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Versioned<Track>> findByNumber(long number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<Versioned<Track>> all(Collection<UUID> ids) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<UUID> visible(Collection<UUID> ids, @Nullable UUID viewer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Boolean> hasTitle(UUID ownerId, String title) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> remove(Versioned<Track> track, TrackEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<UUID> removeAllOf(UUID ownerId, TrackEvent event) {
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
        public Flux<UUID> kept(Collection<UUID> ids) {
            throw new UnsupportedOperationException();
        }
    }
}
