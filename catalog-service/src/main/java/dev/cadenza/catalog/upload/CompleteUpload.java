package dev.cadenza.catalog.upload;

import dev.cadenza.catalog.track.FindTrack;
import dev.cadenza.catalog.track.MakeTrack;
import dev.cadenza.catalog.track.StorageQuota;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.UploadTrack;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Makes a track of an upload. The track has the id of the upload: two who complete it at once, and whoever does it again
 * after a crash, get the same one.
 */
@Component
public final class CompleteUpload {

    private static final Logger LOG = LoggerFactory.getLogger(CompleteUpload.class);
    private static final int NAMED = 20;

    private final FindUpload find;
    private final UploadSessions sessions;
    private final Chunks chunks;
    private final MakeTrack make;
    private final StorageQuota quota;
    private final FindTrack tracks;
    private final UploadSettings settings;
    private final Clock clock;

    CompleteUpload(
            FindUpload find,
            UploadSessions sessions,
            Chunks chunks,
            MakeTrack make,
            StorageQuota quota,
            FindTrack tracks,
            UploadSettings settings,
            Clock clock) {
        this.find = find;
        this.sessions = sessions;
        this.chunks = chunks;
        this.make = make;
        this.quota = quota;
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

    /** NotFound, Invalid where chunks are missing, and whatever a file can be refused for. */
    public Mono<Completed> complete(UUID id, UploadTrack.Owner owner, TrackDetails.Change wishes) {
        return find.owned(id, owner.id()).flatMap(session -> {
            String md5 = session.state().md5();
            return md5 != null
                    ? tracks.find(id, owner.id()).map(track -> new Completed(track, md5))
                    : sessions.change(id, state -> state.frozen(clock.instant().plus(settings.joining())))
                            .flatMap(frozen -> join(frozen, owner, wishes))
                            .onErrorResume(error ->
                                    sessions.change(id, UploadSession::thawed).then(Mono.error(error)));
        });
    }

    private Mono<Completed> join(
            Versioned<UploadSession> session, UploadTrack.Owner owner, TrackDetails.Change wishes) {
        UUID id = session.id();
        return chunks.of(id)
                .collectList()
                .doOnNext(found -> check(UploadState.of(session, found)))
                .flatMap(found -> quota.keeping(
                        owner.id(),
                        id,
                        session.state().totalSize(),
                        chunks.joined(
                                id,
                                found,
                                joined -> make.make(
                                                id,
                                                owner,
                                                new UploadTrack.Upload(
                                                        joined.file(),
                                                        session.state().filename(),
                                                        joined.size()),
                                                wishes)
                                        .map(track -> new Completed(track, joined.md5())))))
                .flatMap(completed -> sessions.change(id, state -> state.completed(completed.md5()))
                        .then(quota.release(owner.id(), id))
                        .then(chunks.deleteAll(id).onErrorResume(error -> {
                            LOG.warn("the chunks of upload {} stay until the sweep: {}", id, error.toString());
                            return Mono.empty();
                        }))
                        .thenReturn(completed));
    }

    private static void check(UploadState state) {
        List<Integer> missing = state.missing();
        if (!missing.isEmpty()) {
            throw Failure.invalid(List.of(new Violation(
                    "chunks",
                    missing.size() + " of " + state.session().state().totalChunks() + " chunks are missing: "
                            + missing.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "))
                            + (missing.size() > NAMED ? " …" : "") + ".",
                    missing.size(),
                    "0")));
        }
        if (state.bytes() != state.session().state().totalSize()) {
            throw Failure.invalid(List.of(new Violation(
                    "total_size",
                    "The chunks have " + state.bytes() + " bytes, "
                            + state.session().state().totalSize() + " were announced.",
                    state.bytes(),
                    Long.toString(state.session().state().totalSize()))));
        }
    }
}
