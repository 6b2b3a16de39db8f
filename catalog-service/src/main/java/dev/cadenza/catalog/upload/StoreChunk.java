package dev.cadenza.catalog.upload;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes one chunk of an upload. */
@Component
public final class StoreChunk {

    private final FindUpload find;
    private final Chunks chunks;
    private final Clock clock;

    StoreChunk(FindUpload find, Chunks chunks, Clock clock) {
        this.find = find;
        this.chunks = chunks;
        this.clock = clock;
    }

    /**
     * What a client says of the chunk that it sends.
     *
     * @param number from 1
     */
    public record Announced(long number, long totalChunks, long totalSize) {}

    /**
     * NotFound where the upload is not the caller's, Conflict where it is complete, Invalid where the chunk is not what was
     * announced.
     *
     * @param size bytes
     */
    public Mono<UploadState> store(UUID uploadId, UUID caller, Announced announced, Path file, long size) {
        return find.find(uploadId, caller)
                .flatMap(state -> {
                    state.session().state().demandOpen(clock.instant());
                    check(state, announced, size);
                    return chunks.of(uploadId)
                            .filter(chunk -> chunk.number() != announced.number())
                            .map(Chunks.Chunk::size)
                            .reduce(size, Long::sum)
                            .filter(bytes -> bytes <= state.session().state().totalSize())
                            .switchIfEmpty(Mono.error(() -> Failure.invalidField(
                                    "chunk", "The chunks are larger together than was announced.")))
                            .then(chunks.store(uploadId, (int) announced.number(), file));
                })
                .then(Mono.defer(() -> find.find(uploadId, caller)));
    }

    private static void check(UploadState state, Announced announced, long size) {
        UploadSession session = state.session().state();
        List<Violation> violations = new ArrayList<>();
        if (announced.totalChunks() != session.totalChunks()) {
            violations.add(new Violation(
                    "total_chunks",
                    session.totalChunks() + " chunks were announced.",
                    announced.totalChunks(),
                    Integer.toString(session.totalChunks())));
        }
        if (announced.totalSize() != session.totalSize()) {
            violations.add(new Violation(
                    "total_size",
                    session.totalSize() + " bytes were announced.",
                    announced.totalSize(),
                    Long.toString(session.totalSize())));
        }
        if (announced.number() < 1 || announced.number() > session.totalChunks()) {
            violations.add(new Violation(
                    "chunk_number",
                    "The number must be between 1 and " + session.totalChunks() + ".",
                    announced.number(),
                    "1-" + session.totalChunks()));
        }
        if (size == 0) {
            violations.add(Violation.of("chunk", "The chunk is empty."));
        }
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
    }
}
