package dev.cadenza.catalog.upload;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload in chunks. Its id is that of the track that it becomes, so that whoever completes it again gets that one.
 *
 * @param filename as the client named it, without folders; may be empty
 * @param totalChunks as announced
 * @param totalSize bytes, as announced
 * @param announcedMd5 of the whole file, in hex; null: none was announced
 * @param received bytes of the chunks that came, by number from 1; empty once it is over
 * @param frozenUntil chunks are being joined and must not change; null: they may
 * @param md5 of the whole file in hex, once it is a track; null before
 * @param failure why it becomes none, one sentence; null otherwise
 */
public record UploadSession(
        UUID ownerId,
        String filename,
        int totalChunks,
        long totalSize,
        @Nullable String announcedMd5,
        Map<String, Long> received,
        Instant createdAt,
        @Nullable Instant frozenUntil,
        @Nullable String md5,
        @Nullable String failure) {

    private static final String GIVEN_UP = "The upload was given up.";

    /** Nothing is told to others of uploads. */
    public record NoEvent() {}

    public UploadSession {
        received = received == null ? Map.of() : Map.copyOf(received);
    }

    /** A new one. */
    static Change<UploadSession, NoEvent> begun(
            UUID ownerId,
            String filename,
            int totalChunks,
            long totalSize,
            @Nullable String announcedMd5,
            Instant now) {
        return Change.of(new UploadSession(
                ownerId, filename, totalChunks, totalSize, announcedMd5, Map.of(), now, null, null, null));
    }

    /** Whether it has become a track. */
    boolean isComplete() {
        return md5 != null;
    }

    private boolean isOver() {
        return isComplete() || failure != null;
    }

    /** Conflict where it cannot become a track any more. */
    void demandAlive() {
        if (failure != null) {
            throw Failure.conflict("upload.failed", "The upload failed: " + failure);
        }
    }

    /** Conflict where chunks cannot be taken any more, or not now. */
    void demandOpen(Instant now) {
        demandAlive();
        if (isComplete()) {
            throw Failure.conflict("upload.complete", "The upload is complete.");
        }
        if (frozenUntil != null && now.isBefore(frozenUntil)) {
            throw Failure.conflict("upload.joining", "The upload is being completed.");
        }
    }

    /** Bytes of all chunks with this one in its place. */
    long bytesWith(int number, long size) {
        return received.entrySet().stream()
                        .filter(chunk -> !chunk.getKey().equals(Integer.toString(number)))
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                + size;
    }

    /** A chunk is about to be replaced: until that is done, nobody knows which bytes are there. */
    Change<UploadSession, NoEvent> replacing(int number, Instant now) {
        demandOpen(now);
        Map<String, Long> less = new TreeMap<>(received);
        less.remove(Integer.toString(number));
        return Change.of(with(less, frozenUntil, md5, failure));
    }

    /** A chunk is stored; Invalid where all together have more bytes than were announced. */
    Change<UploadSession, NoEvent> received(int number, long size, Instant now) {
        demandOpen(now);
        demandRoom(number, size);
        Map<String, Long> more = new TreeMap<>(received);
        more.put(Integer.toString(number), size);
        return Change.of(with(more, frozenUntil, md5, failure));
    }

    /** Invalid where all chunks together would have more bytes than were announced. */
    void demandRoom(int number, long size) {
        if (bytesWith(number, size) > totalSize) {
            throw Failure.invalidField("chunk", "The chunks are larger together than was announced.");
        }
    }

    /** Its chunks stay as they are until then. */
    Change<UploadSession, NoEvent> frozen(Instant until) {
        return isOver() ? Change.of(this) : Change.of(with(received, until, null, null));
    }

    /** Whoever froze it until then has not made a track; chunks may be replaced, unless another froze it since. */
    Change<UploadSession, NoEvent> thawed(Instant until) {
        return isOver() || !until.equals(frozenUntil) ? Change.of(this) : Change.of(with(received, null, null, null));
    }

    /** It became a track. */
    Change<UploadSession, NoEvent> completed(String digest) {
        return isOver() ? Change.of(this) : Change.of(with(Map.of(), null, digest, null));
    }

    /** No track can be made of it. */
    Change<UploadSession, NoEvent> failed(String reason) {
        return isOver() ? Change.of(this) : Change.of(with(Map.of(), null, null, reason));
    }

    /** Its owner does not want it any more; Conflict where it is a track, or is being made one. */
    Change<UploadSession, NoEvent> givenUp(Instant now) {
        if (failure != null) {
            return Change.of(this);
        }
        demandOpen(now);
        return Change.of(with(Map.of(), null, null, GIVEN_UP));
    }

    private UploadSession with(
            Map<String, Long> nextReceived,
            @Nullable Instant nextFrozenUntil,
            @Nullable String nextMd5,
            @Nullable String nextFailure) {
        return new UploadSession(
                ownerId,
                filename,
                totalChunks,
                totalSize,
                announcedMd5,
                nextReceived,
                createdAt,
                nextFrozenUntil,
                nextMd5,
                nextFailure);
    }
}
