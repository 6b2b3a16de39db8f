package dev.cadenza.catalog.upload;

import dev.cadenza.platform.core.Versioned;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far an upload is.
 *
 * @param received numbers of the chunks that are there
 * @param bytes of them together
 */
public record UploadState(Versioned<UploadSession> session, List<Integer> received, long bytes) {

    static UploadState of(Versioned<UploadSession> session, List<Chunks.Chunk> chunks) {
        return new UploadState(
                session,
                chunks.stream().map(Chunks.Chunk::number).toList(),
                chunks.stream().mapToLong(Chunks.Chunk::size).sum());
    }

    /** Numbers of the chunks that are not there. */
    public List<Integer> missing() {
        return IntStream.rangeClosed(1, session.state().totalChunks())
                .filter(number -> !received.contains(number))
                .boxed()
                .toList();
    }

    /** How many chunks are there. */
    public int chunks() {
        return session.state().md5() == null ? received.size() : session.state().totalChunks();
    }

    /** In percent of the chunks, to one digit. */
    public double progress() {
        return Math.round(1_000.0 * chunks() / session.state().totalChunks()) / 10.0;
    }
}
