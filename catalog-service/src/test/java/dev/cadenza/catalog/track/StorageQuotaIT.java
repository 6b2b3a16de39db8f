package dev.cadenza.catalog.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Room that is held, and given back however an upload ends. */
@CatalogIntegrationTest
class StorageQuotaIT {

    @Autowired
    StorageQuota quota;

    @Autowired
    Tracks tracks;

    @Autowired
    StorageAccounts accounts;

    @Autowired
    TrackSettings settings;

    @Autowired
    DeleteTrack delete;

    @Autowired
    EraseTracks erase;

    private final UUID owner = Ids.next();
    private final UUID id = Ids.next();

    @Test
    void anUploadHoldsItsRoomUntilItIsATrackAndThenTheTrackTakesIt() {
        quota.holding(
                        owner,
                        id,
                        100,
                        Mono.defer(() -> quota.of(owner))
                                .doOnNext(usage -> assertThat(usage.used()).isEqualTo(100))
                                .then(Mono.defer(() -> add(id, 100)))
                                .then(Mono.defer(() -> quota.of(owner)))
                                .doOnNext(usage -> assertThat(usage.used()).isEqualTo(100)))
                .block();
        assertThat(used(quota)).isEqualTo(100);
        assertThat(held()).isZero();
        delete.delete(id, owner).block();
        assertThat(used(quota)).isZero();
    }

    @Test
    void workThatFailsGivesTheRoomBack() {
        assertThatThrownBy(() -> quota.holding(owner, id, 100, Mono.error(new IllegalStateException("broken")))
                        .block())
                .isInstanceOf(IllegalStateException.class);
        assertThat(used(quota)).isZero();
        assertThatThrownBy(() -> quota.opening(
                                owner, id, 100, Instant.MAX, 1, Mono.error(new IllegalStateException("broken")))
                        .block())
                .isInstanceOf(IllegalStateException.class);
        assertThat(used(quota)).isZero();
    }

    @Test
    void aClientThatGoesGivesTheRoomBack() {
        Disposable upload = quota.holding(owner, id, 100, Mono.never()).subscribe();
        await().atMost(Duration.ofSeconds(20)).until(() -> used(quota) == 100);
        upload.dispose();
        await().atMost(Duration.ofSeconds(30)).until(() -> used(quota) == 0);
    }

    @Test
    void whatAProcessHeldThatDiedIsFreeAfterAWhile() {
        // nobody ends this one
        Disposable dead = quota.keeping(owner, id, all(), Mono.never()).subscribe();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> used(quota) == all());
            assertRefused(quota, 1);
            StorageQuota later = at(settings.storeWithin().plus(Duration.ofMinutes(2)));
            assertThat(used(later)).isZero();
            later.holding(owner, Ids.next(), all(), Mono.just(true)).block();
        } finally {
            dead.dispose();
        }
    }

    @Test
    void aProcessThatDiedAfterItMadeTheTrackTakesItsRoomOnce() {
        quota.keeping(owner, id, 100, add(id, 100)).block();
        // as long as the hold is there, and when it is not
        assertThat(used(quota)).isEqualTo(100);
        assertThat(used(at(settings.storeWithin().plus(Duration.ofMinutes(2))))).isEqualTo(100);
        quota.keeping(owner, id, 100, Mono.just(true)).block();
        assertThat(used(quota)).isEqualTo(100);
        delete.delete(id, owner).block();
        assertThat(used(quota)).isZero();
        assertThat(held()).isZero();
    }

    @Test
    void anUploadInChunksKeepsItsRoomUntilItsEndAndCanBeGivenBackTwice() {
        Instant until = Instant.now().plus(Duration.ofHours(24));
        quota.opening(owner, id, 100, until, 1, Mono.just(true)).block();
        assertThat(used(at(Duration.ofHours(23)))).isEqualTo(100);
        assertThat(used(at(Duration.ofHours(25)))).isZero();
        // another one is one too many
        assertThatThrownBy(() -> quota.opening(owner, Ids.next(), 1, until, 1, Mono.just(true))
                        .block())
                .isInstanceOfSatisfying(
                        FailureException.class,
                        error -> assertThat(error.failure()).isInstanceOf(Failure.Conflict.class));
        // while it is stored it has the same room, and keeps it for as long as it had
        quota.keeping(owner, id, 100, Mono.just(true)).block();
        assertThat(used(at(Duration.ofHours(23)))).isEqualTo(100);
        quota.release(owner, id).block();
        quota.release(owner, id).block();
        assertThat(used(quota)).isZero();
    }

    @Test
    void aTrackWhoseProcessingFailedTakesNothing() {
        Track track = track(100);
        tracks.add(id, Change.of(track.rejected("Broken.", Instant.now()).state()))
                .block();
        assertThat(used(quota)).isZero();
    }

    @Test
    void asManyAsFitHoldRoomAtTheSameTime() {
        long each = all() / 10;
        Long held = Flux.range(0, 50)
                .flatMap(
                        i -> quota.keeping(owner, Ids.next(), each, Mono.just(1))
                                .onErrorResume(FailureException.class, error -> {
                                    assertThat(error.failure()).isInstanceOf(Failure.TooLarge.class);
                                    return Mono.empty();
                                }),
                        50)
                .count()
                .block();
        assertThat(held).isEqualTo(10);
        assertThat(used(quota)).isEqualTo(10 * each);
    }

    @Test
    void theAccountGoesWithItsOwner() {
        quota.keeping(owner, id, 100, Mono.just(true)).block();
        erase.erase(owner).block();
        assertThat(accounts.find(owner).blockOptional()).isEmpty();
    }

    private void assertRefused(StorageQuota account, long bytes) {
        assertThatThrownBy(() -> account.holding(owner, Ids.next(), bytes, Mono.just(true))
                        .block())
                .isInstanceOfSatisfying(
                        FailureException.class,
                        error -> assertThat(error.failure()).isInstanceOf(Failure.TooLarge.class));
    }

    private StorageQuota at(Duration later) {
        return new StorageQuota(
                tracks, accounts, settings, Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC));
    }

    private long all() {
        return settings.quota().toBytes();
    }

    private long used(StorageQuota account) {
        return account.of(owner).blockOptional().orElseThrow().used();
    }

    private long held() {
        return accounts.find(owner)
                .blockOptional()
                .map(account -> account.state().bytes())
                .orElse(0L);
    }

    private Mono<Boolean> add(UUID track, long bytes) {
        return tracks.add(
                        track,
                        Change.of(track(bytes)
                                .measured(
                                        new Findings(new LoudnessFacts(null, 0, null), null, null, null, false),
                                        Instant.now())
                                .state()))
                .thenReturn(true);
    }

    private Track track(long bytes) {
        return Track.uploaded(
                        owner,
                        "ada",
                        new TrackDetails("Song", "Ada", null, null, null, true),
                        new AudioFacts("wav", "pcm_s16le", "audio/wav", 1, 44_100, 2, 1411, bytes),
                        "etag",
                        Instant.now())
                .state();
    }
}
