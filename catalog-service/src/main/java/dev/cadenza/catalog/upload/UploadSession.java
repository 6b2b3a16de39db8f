package dev.cadenza.catalog.upload;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload in chunks. Its id is that of the track that it becomes, so that whoever completes it again gets that one.
 *
 * @param filename as the client named it, without folders; may be empty
 * @param totalChunks as announced
 * @param totalSize bytes, as announced
 * @param frozenUntil chunks are being joined and must not change; null: they may
 * @param md5 of the whole file in hex, once it is a track; null before
 */
public record UploadSession(
        UUID ownerId,
        String filename,
        int totalChunks,
        long totalSize,
        Instant createdAt,
        @Nullable Instant frozenUntil,
        @Nullable String md5) {

    /** Nothing is told to others of uploads. */
    public record NoEvent() {}

    /** A new one. */
    static Change<UploadSession, NoEvent> begun(
            UUID ownerId, String filename, int totalChunks, long totalSize, Instant now) {
        return Change.of(new UploadSession(ownerId, filename, totalChunks, totalSize, now, null, null));
    }

    /** Whether it has become a track. */
    boolean isComplete() {
        return md5 != null;
    }

    /** Conflict where chunks cannot be taken any more, or not now. */
    void demandOpen(Instant now) {
        if (isComplete()) {
            throw Failure.conflict("upload.complete", "The upload is complete.");
        }
        if (frozenUntil != null && now.isBefore(frozenUntil)) {
            throw Failure.conflict("upload.joining", "The upload is being completed.");
        }
    }

    /** Its chunks stay as they are until then. */
    Change<UploadSession, NoEvent> frozen(Instant until) {
        return isComplete() ? Change.of(this) : Change.of(with(until, null));
    }

    /** It did not become a track; chunks may be replaced. */
    Change<UploadSession, NoEvent> thawed() {
        return isComplete() ? Change.of(this) : Change.of(with(null, null));
    }

    /** It became a track. */
    Change<UploadSession, NoEvent> completed(String digest) {
        return isComplete() ? Change.of(this) : Change.of(with(null, digest));
    }

    private UploadSession with(@Nullable Instant nextFrozenUntil, @Nullable String nextMd5) {
        return new UploadSession(ownerId, filename, totalChunks, totalSize, createdAt, nextFrozenUntil, nextMd5);
    }
}
