package dev.cadenza.catalog.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.catalog.TestAudio;
import dev.cadenza.catalog.Told;
import dev.cadenza.catalog.track.AnalysisQueue;
import dev.cadenza.catalog.track.DeleteTrack;
import dev.cadenza.catalog.track.FindTrack;
import dev.cadenza.catalog.track.Inspector;
import dev.cadenza.catalog.track.MakeTrack;
import dev.cadenza.catalog.track.Making;
import dev.cadenza.catalog.track.StorageAccounts;
import dev.cadenza.catalog.track.StorageQuota;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackFiles;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.catalog.track.UploadTrack;
import dev.cadenza.platform.core.Ids;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Processes that are killed in the middle of an upload. A killed one is one that gets to a step and never goes on: nothing of
 * it is undone or ended while the rest is looked at.
 */
@CatalogIntegrationTest
class UploadDeathIT {

    private static final byte[] SONG = TestAudio.wav();
    private static final int CHUNKS = 3;

    @Autowired
    FindUpload find;

    @Autowired
    UploadSessions sessions;

    @Autowired
    Chunks chunks;

    @Autowired
    BeginUpload begin;

    @Autowired
    StoreChunk store;

    @Autowired
    CompleteUpload complete;

    @Autowired
    Tracks tracks;

    @Autowired
    FindTrack findTrack;

    @Autowired
    TrackFiles files;

    @Autowired
    DeleteTrack delete;

    @Autowired
    Inspector inspector;

    @Autowired
    AnalysisQueue analysis;

    @Autowired
    StorageQuota quota;

    @Autowired
    StorageAccounts accounts;

    @Autowired
    TrackSettings trackSettings;

    @Autowired
    UploadSettings settings;

    @TempDir
    Path folder;

    private final UUID owner = Ids.next();
    private final UploadTrack.Owner person = new UploadTrack.Owner(owner, "ada");
    private final CountDownLatch reached = new CountDownLatch(1);

    /** Where the process is killed. */
    enum Death {
        WITH_THE_BYTES_STORED_AND_NO_TRACK,
        WITH_THE_TRACK_STORED_AND_NOTHING_TOLD,
        BEFORE_THE_UPLOAD_IS_COMPLETE,
        WITH_THE_UPLOAD_COMPLETE_AND_ITS_CHUNKS_THERE,
        WITH_THE_CHUNKS_GONE_AND_THE_ROOM_HELD
    }

    @ParameterizedTest
    @EnumSource
    void whoeverCompletesAnUploadAfterADeathGetsOneTrackAndItsRoomCountsOnce(Death death) throws Exception {
        UUID id = sent();
        Disposable dead = dying(death)
                .complete(id, person, TrackDetails.Change.NONE, null)
                .subscribe();
        try {
            assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(used(quota)).isEqualTo(SONG.length);

            CompleteUpload.Completed again = complete.complete(id, person, TrackDetails.Change.NONE, null)
                    .blockOptional()
                    .orElseThrow();
            assertThat(again.track().id()).isEqualTo(id);
            assertThat(used(quota)).isEqualTo(SONG.length);
            // and nothing waits for the sweep
            assertThat(chunks.of(id).hasElements().block()).isFalse();
            assertThat(accounts.find(owner)
                            .blockOptional()
                            .orElseThrow()
                            .state()
                            .holds())
                    .isEmpty();
            assertThat(Told.messages("catalog.track.v1", id, 2))
                    .extracting(message -> message.path("type").asString())
                    .containsExactly("catalog.track.uploaded", "catalog.track.processed");

            // what a sweep and the end of all holds leave is the track, and what it takes
            Clock later = in(settings.keep().plus(Duration.ofHours(25)));
            sweep(later);
            assertThat(chunks.of(id).hasElements().block()).isFalse();
            assertThat(sessions.find(id).blockOptional()).isEmpty();
            assertThat(used(Making.quota(tracks, accounts, trackSettings, later)))
                    .isEqualTo(SONG.length);
            assertThat(bytesOf(id)).isEqualTo(SONG.length);
            delete.delete(id, owner).block();
            assertThat(used(quota)).isZero();
        } finally {
            dead.dispose();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"WITH_THE_BYTES_STORED_AND_NO_TRACK", "WITH_THE_TRACK_STORED_AND_NOTHING_TOLD"})
    void whereNobodyComesBackNoBytesStayWithoutATrackAndNoEventIsLost(Death death) throws Exception {
        UUID id = sent();
        Disposable dead = dying(death)
                .complete(id, person, TrackDetails.Change.NONE, null)
                .subscribe();
        try {
            assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
            boolean made = death == Death.WITH_THE_TRACK_STORED_AND_NOTHING_TOLD;
            if (made) {
                assertThat(Told.messages("catalog.track.v1", id, 2))
                        .extracting(message -> message.path("type").asString())
                        .containsExactly("catalog.track.uploaded", "catalog.track.processed");
            }
            Clock later = in(settings.keep().plus(Duration.ofHours(25)));
            sweep(later);
            assertThat(chunks.of(id).hasElements().block()).isFalse();
            assertThat(stored(id)).isEqualTo(made);
            assertThat(used(Making.quota(tracks, accounts, trackSettings, later)))
                    .isEqualTo(made ? SONG.length : 0);
        } finally {
            dead.dispose();
        }
    }

    @Test
    void aWholeFileWhoseProcessDiedWithTheBytesStoredLeavesNothing() throws Exception {
        UUID id = Ids.next();
        Path file = Files.write(folder.resolve("whole"), SONG);
        MakeTrack make = Making.make(
                dying(Tracks.class, tracks, "add", 1, false), files, inspector, analysis, Clock.systemUTC());
        Disposable dead = quota.holding(
                        owner,
                        id,
                        SONG.length,
                        make.make(
                                id,
                                person,
                                new UploadTrack.Upload(file, "song.wav", SONG.length),
                                TrackDetails.Change.NONE))
                .subscribe();
        try {
            assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(stored(id)).isTrue();
            assertThat(used(quota)).isEqualTo(SONG.length);
            Clock later = in(Duration.ofHours(25));
            sweep(later);
            assertThat(stored(id)).isFalse();
            assertThat(used(Making.quota(tracks, accounts, trackSettings, later)))
                    .isZero();
        } finally {
            dead.dispose();
        }
    }

    @Test
    void aChunkWhoseProcessDiedBeforeItWasWrittenDownComesAgain() throws Exception {
        UUID id = begun();
        StoreChunk dying = new StoreChunk(
                find, dying(UploadSessions.class, sessions, "change", 1, false), chunks, Clock.systemUTC());
        Disposable dead = dying.store(id, owner, announced(1), part(1), size(1)).subscribe();
        try {
            assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(find.find(id, owner).blockOptional().orElseThrow().received())
                    .isEmpty();
            for (int number = 1; number <= CHUNKS; number++) {
                store.store(id, owner, announced(number), part(number), size(number))
                        .block();
            }
            assertThat(complete.complete(id, person, TrackDetails.Change.NONE, null)
                            .blockOptional()
                            .orElseThrow()
                            .track()
                            .state()
                            .audio()
                            .fileSize())
                    .isEqualTo(SONG.length);
        } finally {
            dead.dispose();
        }
    }

    private CompleteUpload dying(Death death) {
        Tracks tracksThere = tracks;
        UploadSessions sessionsThere = sessions;
        Chunks chunksThere = chunks;
        switch (death) {
            case WITH_THE_BYTES_STORED_AND_NO_TRACK -> tracksThere = dying(Tracks.class, tracks, "add", 1, false);
            case WITH_THE_TRACK_STORED_AND_NOTHING_TOLD -> tracksThere = dying(Tracks.class, tracks, "add", 1, true);
            // the first freezes it
            case BEFORE_THE_UPLOAD_IS_COMPLETE ->
                sessionsThere = dying(UploadSessions.class, sessions, "change", 2, false);
            case WITH_THE_UPLOAD_COMPLETE_AND_ITS_CHUNKS_THERE ->
                chunksThere = dying(Chunks.class, chunks, "deleteAll", 1, false);
            case WITH_THE_CHUNKS_GONE_AND_THE_ROOM_HELD ->
                chunksThere = dying(Chunks.class, chunks, "deleteAll", 1, true);
        }
        return new CompleteUpload(
                find,
                sessionsThere,
                chunksThere,
                Making.make(tracksThere, files, inspector, analysis, Clock.systemUTC()),
                quota,
                new ClearUpload(chunksThere, quota),
                findTrack,
                settings,
                Clock.systemUTC());
    }

    /** Never comes back from that call of that method, whether it was done or not. */
    private <T> T dying(Class<T> port, T real, String method, int call, boolean done) {
        CountDownLatch calls = new CountDownLatch(call);
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, called, arguments) -> {
                    Object answer;
                    try {
                        answer = called.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (!called.getName().equals(method)) {
                        return answer;
                    }
                    calls.countDown();
                    Mono<?> killed = Mono.never().doOnSubscribe(here -> reached.countDown());
                    return calls.getCount() > 0 ? answer : done ? ((Mono<?>) answer).then(killed) : killed;
                }));
    }

    private UUID begun() {
        return begin.begin(owner, "song.wav", CHUNKS, SONG.length, null)
                .blockOptional()
                .orElseThrow()
                .id();
    }

    private UUID sent() throws IOException {
        UUID id = begun();
        for (int number = 1; number <= CHUNKS; number++) {
            store.store(id, owner, announced(number), part(number), size(number))
                    .block();
        }
        return id;
    }

    private static StoreChunk.Announced announced(int number) {
        return new StoreChunk.Announced(number, CHUNKS, SONG.length);
    }

    private static int size(int number) {
        int size = SONG.length / CHUNKS;
        return number == CHUNKS ? SONG.length - size * (CHUNKS - 1) : size;
    }

    private Path part(int number) throws IOException {
        int from = SONG.length / CHUNKS * (number - 1);
        return Files.write(folder.resolve("part" + number), Arrays.copyOfRange(SONG, from, from + size(number)));
    }

    private void sweep(Clock clock) {
        new SweepUploads(sessions, chunks, settings, trackSettings, clock)
                .sweep()
                .block();
        Making.sweep(tracks, files, trackSettings, clock);
    }

    private static Clock in(Duration later) {
        return Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
    }

    private long used(StorageQuota account) {
        return account.of(owner).blockOptional().orElseThrow().used();
    }

    private boolean stored(UUID track) {
        return Boolean.TRUE.equals(files.storedBefore(Instant.now().plusSeconds(60))
                .any(track::equals)
                .block());
    }

    private long bytesOf(UUID track) {
        return files.read(track, 0, SONG.length)
                .map(bytes -> (long) bytes.remaining())
                .reduce(0L, Long::sum)
                .blockOptional()
                .orElse(0L);
    }
}
