package dev.cadenza.catalog.upload;

import dev.cadenza.platform.core.Versioned;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far an upload is.
 *
 * @param received numbers of the chunks that are there, in order
 * @param chunks how many are there, or were
 * @param totalChunks as announced
 * @param failure why nothing comes of it, one sentence; null otherwise
 */
public record UploadState(
        UUID id,
        List<Integer> received,
        int chunks,
        int totalChunks,
        @Nullable String failure) {

    static UploadState of(Versioned<UploadSession> upload) {
        UploadSession session = upload.state();
        List<Integer> received = session.received().keySet().stream()
                .map(Integer::valueOf)
                .sorted()
                .toList();
        return new UploadState(
                upload.id(),
                received,
                session.isComplete() ? session.totalChunks() : received.size(),
                session.totalChunks(),
                session.failure());
    }

    /** In percent of the chunks, to one digit. */
    public double progress() {
        return Math.round(1_000.0 * chunks / totalChunks) / 10.0;
    }
}
