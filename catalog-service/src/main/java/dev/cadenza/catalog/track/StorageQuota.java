package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * How much room somebody's tracks take, and may take. An upload holds room before anything of it is stored, and gives it back
 * when it has become a track, or nothing; where its process dies, the hold ends by itself. What tracks take is never
 * written down a second time: it is what the tracks that there are take, so that nothing can be settled twice, or not at
 * all. A hold and a track of the same id are the same room.
 */
@Component
public final class StorageQuota {

    private static final Logger LOG = LoggerFactory.getLogger(StorageQuota.class);

    /** So that the work has ended, here or by another clock, before its hold has. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private static final int MOST_RACES = 100;

    private final Tracks tracks;
    private final StorageAccounts accounts;
    private final TrackSettings settings;
    private final Clock clock;

    StorageQuota(Tracks tracks, StorageAccounts accounts, TrackSettings settings, Clock clock) {
        this.tracks = tracks;
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    /** Bytes used, by tracks and by uploads under way, and allowed. */
    public record Usage(long used, long limit) {

        /** Bytes left, at least 0. */
        public long remaining() {
            return Math.max(0, limit - used);
        }
    }

    /** The usage of one user. */
    public Mono<Usage> of(UUID ownerId) {
        // the account is read before the tracks: what is no hold any more by then is a track by then
        return Mono.defer(() -> accounts.find(ownerId))
                .map(account -> account.state().at(clock.instant()))
                .defaultIfEmpty(StorageAccount.EMPTY)
                .flatMap(held -> usage(ownerId, held));
    }

    /** Does the work that stores a file, within the time that the settings give it; TooLarge where there is no room. */
    public <T> Mono<T> holding(UUID ownerId, UUID trackId, long bytes, Mono<T> work) {
        return Mono.usingWhen(
                holdToStore(ownerId, trackId, bytes).thenReturn(trackId),
                held -> inTime(work),
                held -> release(ownerId, trackId),
                (held, error) -> release(ownerId, trackId),
                // the client has gone; what was being written to the database is there by then, or never
                held -> Mono.delay(LEFT_ALONE).then(release(ownerId, trackId)));
    }

    /** Likewise, for a file that came in chunks: whoever ends the upload gives the room back. */
    public <T> Mono<T> keeping(UUID ownerId, UUID trackId, long bytes, Mono<T> work) {
        return holdToStore(ownerId, trackId, bytes).then(inTime(work));
    }

    /**
     * Holds room for an upload in chunks while {@code work} makes it, then until {@code until}; TooLarge where there is no
     * room, Conflict where the owner has {@code most} uploads already.
     */
    public <T> Mono<T> opening(UUID ownerId, UUID trackId, long bytes, Instant until, int most, Mono<T> work) {
        return Mono.defer(() -> hold(ownerId, trackId, new StorageAccount.Hold(bytes, true, storing()), most))
                .then(inTime(work))
                // only now: where this process dies before, nobody knows of the upload
                .flatMap(made -> hold(ownerId, trackId, new StorageAccount.Hold(bytes, true, until), most)
                        .thenReturn(made))
                .onErrorResume(error -> release(ownerId, trackId).then(Mono.error(error)));
    }

    /** Gives the room back. Never fails: a hold that stays ends by itself. */
    public Mono<Void> release(UUID ownerId, UUID trackId) {
        return Mono.defer(() -> accounts.find(ownerId))
                .filter(account -> account.state().of(trackId) != null)
                .flatMap(account -> accounts.replace(
                        account, account.state().at(clock.instant()).without(trackId)))
                .retryWhen(lostRaces())
                .onErrorResume(error -> {
                    LOG.warn(
                            "the room for track {} of {} stays held for a while: {}",
                            trackId,
                            ownerId,
                            error.toString());
                    return Mono.empty();
                });
    }

    /** The owner is gone. */
    Mono<Void> forget(UUID ownerId) {
        return Mono.defer(() -> accounts.forget(ownerId)).retryWhen(lostRaces());
    }

    private Mono<Usage> usage(UUID ownerId, StorageAccount held) {
        return tracks.bytesOf(ownerId, held.ids())
                .map(used -> new Usage(used + held.bytes(), settings.quota().toBytes()));
    }

    private Mono<Void> holdToStore(UUID ownerId, UUID trackId, long bytes) {
        return Mono.defer(
                () -> hold(ownerId, trackId, new StorageAccount.Hold(bytes, false, storing()), Integer.MAX_VALUE));
    }

    private Instant storing() {
        return clock.instant().plus(settings.storeWithin()).plus(GRACE);
    }

    private <T> Mono<T> inTime(Mono<T> work) {
        return work.timeout(settings.storeWithin())
                .onErrorMap(
                        TimeoutException.class,
                        e -> Failure.unavailable(
                                "upload.not_stored", "The file could not be stored in time. Try again.", 5));
    }

    private Mono<Void> hold(UUID ownerId, UUID trackId, StorageAccount.Hold hold, int mostSessions) {
        return Mono.defer(() -> accounts.open(ownerId))
                .flatMap(account -> {
                    StorageAccount current = account.state().at(clock.instant());
                    StorageAccount others = current.without(trackId);
                    if (others.sessions() >= mostSessions) {
                        throw Failure.conflict(
                                "upload.too_many",
                                "You have " + others.sessions()
                                        + " uploads under way. Complete one, or wait until they expire.");
                    }
                    StorageAccount next = others.with(trackId, hold.beside(current.of(trackId)));
                    // written only where the account is the one that was read: nobody held room meanwhile, and what
                    // stopped being held before is a track by now
                    return usage(ownerId, next)
                            .flatMap(usage -> usage.used() > usage.limit()
                                    ? Mono.error(new Failure.TooLarge(
                                                    "upload.quota_exceeded",
                                                    "The file does not fit into what is left of your storage.",
                                                    usage.limit())
                                            .asException())
                                    : accounts.replace(account, next));
                })
                .retryWhen(lostRaces());
    }

    /** Everybody who uploads at once writes to one document. */
    private static Retry lostRaces() {
        return Retry.backoff(MOST_RACES, Duration.ofMillis(5))
                .maxBackoff(Duration.ofMillis(250))
                .jitter(0.9)
                .filter(StorageQuota::lostRace)
                .onRetryExhaustedThrow((spec, signal) ->
                        Failure.unavailable("upload.busy", "Too many uploads at this moment. Try again soon.", 5));
    }

    private static boolean lostRace(Throwable error) {
        return error instanceof FailureException e
                && e.failure() instanceof Failure.Conflict conflict
                && conflict.code().startsWith("storage_account.");
    }
}
