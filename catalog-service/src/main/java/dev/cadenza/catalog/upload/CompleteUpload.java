package dev.cadenza.catalog.upload;

import dev.cadenza.catalog.track.FindTrack;
import dev.cadenza.catalog.track.MakeTrack;
import dev.cadenza.catalog.track.StorageQuota;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.UploadTrack;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Makes a track of an upload. The track has the id of the upload: two who complete it at once, and whoever does it again
 * after a crash, get the same one.
 */
@Component
public final class CompleteUpload {

    private static final int NAMED = 20;

    private final FindUpload find;
    private final UploadSessions sessions;
    private final Chunks chunks;
    private final MakeTrack make;
    private final StorageQuota quota;
    private final ClearUpload clear;
    private final FindTrack tracks;
    private final UploadSettings settings;
    private final Clock clock;

    CompleteUpload(
            FindUpload find,
            UploadSessions sessions,
            Chunks chunks,
            MakeTrack make,
            StorageQuota quota,
            ClearUpload clear,
            FindTrack tracks,
            UploadSettings settings,
            Clock clock) {
        this.find = find;
        this.sessions = sessions;
        this.chunks = chunks;
        this.make = make;
        this.quota = quota;
        this.clear = clear;
        this.tracks = tracks;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The track.
     *
     * @param md5 of the file, in hex
     */
    public record Completed(Versioned<Track> track, String md5) {}

    /**
     * NotFound, Conflict where it failed before, Invalid where chunks are missing or the file is another one than was
     * announced, and whatever a file can be refused for: that ends the upload. After all else chunks may come again.
     *
     * @param md5 of the whole file in hex; null: whatever was announced before
     */
    public Mono<Completed> complete(
            UUID id, UploadTrack.Owner owner, TrackDetails.Change wishes, @Nullable String md5) {
        return find.owned(id, owner.id()).flatMap(session -> {
            session.state().demandAlive();
            wishes.demandValid();
            Instant until = clock.instant().plus(settings.joining()).truncatedTo(ChronoUnit.MILLIS);
            return session.state().isComplete()
                    ? track(session)
                    : sessions.change(id, state -> state.frozen(until))
                            .switchIfEmpty(Mono.error(FindUpload::notFound))
                            .flatMap(frozen ->
                                    frozen.state().isComplete() ? track(frozen) : join(frozen, owner, wishes, md5))
                            .onErrorResume(error -> sessions.change(id, state -> state.thawed(until))
                                    .flatMap(left -> answer(left, error))
                                    .switchIfEmpty(Mono.error(error)));
        });
    }

    /** Whoever completed it may have died before it cleared up. */
    private Mono<Completed> track(Versioned<UploadSession> session) {
        UUID ownerId = session.state().ownerId();
        String md5 = Objects.requireNonNull(session.state().md5());
        return clear.clear(session.id(), ownerId)
                .then(Mono.defer(() -> tracks.find(session.id(), ownerId)))
                .map(track -> new Completed(track, md5));
    }

    /** Another may have ended it while this one was at work, and taken the chunks away. */
    private Mono<Completed> answer(Versioned<UploadSession> left, Throwable error) {
        if (left.state().isComplete()) {
            return track(left);
        }
        if (!isRefusal(error)) {
            left.state().demandAlive();
        }
        return Mono.error(error);
    }

    private Mono<Completed> join(
            Versioned<UploadSession> session,
            UploadTrack.Owner owner,
            TrackDetails.Change wishes,
            @Nullable String md5) {
        UUID id = session.id();
        session.state().demandAlive();
        return chunks.of(id)
                .collectList()
                .doOnNext(found -> check(session.state(), found))
                .flatMap(found -> quota.keeping(
                        owner.id(),
                        id,
                        session.state().totalSize(),
                        chunks.joined(id, found, joined -> made(session, joined, owner, wishes, md5))))
                .flatMap(completed -> sessions.change(id, state -> state.completed(completed.md5()))
                        .then(clear.clear(id, owner.id()))
                        .thenReturn(completed));
    }

    private Mono<Completed> made(
            Versioned<UploadSession> session,
            Chunks.Joined joined,
            UploadTrack.Owner owner,
            TrackDetails.Change wishes,
            @Nullable String md5) {
        UploadSession state = session.state();
        check(joined, state.totalSize(), state.announcedMd5());
        check(joined, state.totalSize(), md5);
        return make.make(
                        session.id(),
                        owner,
                        new UploadTrack.Upload(joined.file(), state.filename(), joined.size()),
                        wishes)
                .map(track -> new Completed(track, joined.md5()))
                .onErrorResume(
                        CompleteUpload::isRefusal,
                        error -> sessions.change(
                                        session.id(),
                                        current -> current.failed(((FailureException) error)
                                                .failure()
                                                .message()))
                                .then(clear.clear(session.id(), owner.id()))
                                .then(Mono.error(error)));
    }

    /** The file is none that can become a track: the next attempt would end the same. */
    private static boolean isRefusal(Throwable error) {
        return error instanceof FailureException e
                && (e.failure() instanceof Failure.UnsupportedMedia || e.failure() instanceof Failure.Invalid);
    }

    private static void check(Chunks.Joined joined, long size, @Nullable String md5) {
        if (joined.size() != size) {
            throw Failure.conflict("upload.changed", "A chunk was replaced while the upload was completed. Try again.");
        }
        if (md5 != null && !md5.equalsIgnoreCase(joined.md5())) {
            throw Failure.invalid(List.of(new Violation(
                    "md5", "The MD5 of the chunks together is " + joined.md5() + ".", md5, joined.md5())));
        }
    }

    private static void check(UploadSession session, List<Chunks.Chunk> found) {
        Set<Integer> numbers = found.stream().map(Chunks.Chunk::number).collect(Collectors.toSet());
        List<Integer> missing = IntStream.rangeClosed(1, session.totalChunks())
                .filter(number -> !numbers.contains(number))
                .boxed()
                .toList();
        if (!missing.isEmpty()) {
            throw Failure.invalid(List.of(new Violation(
                    "chunks",
                    missing.size() + " of " + session.totalChunks() + " chunks are missing: "
                            + missing.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "))
                            + (missing.size() > NAMED ? " …" : "") + ".",
                    missing.size(),
                    "0")));
        }
        long bytes = found.stream().mapToLong(Chunks.Chunk::size).sum();
        if (bytes != session.totalSize()) {
            throw Failure.invalid(List.of(new Violation(
                    "total_size",
                    "The chunks have " + bytes + " bytes, " + session.totalSize() + " were announced.",
                    bytes,
                    Long.toString(session.totalSize()))));
        }
    }
}
