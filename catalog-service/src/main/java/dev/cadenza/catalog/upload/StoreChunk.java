package dev.cadenza.catalog.upload;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.Versioned;
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
    private final UploadSessions sessions;
    private final Chunks chunks;
    private final Clock clock;

    StoreChunk(FindUpload find, UploadSessions sessions, Chunks chunks, Clock clock) {
        this.find = find;
        this.sessions = sessions;
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
        return find.owned(uploadId, caller)
                .flatMap(session -> {
                    session.state().demandOpen(clock.instant());
                    check(session.state(), announced, size);
                    int number = (int) announced.number();
                    session.state().demandRoom(number, size);
                    return replaced(session, number)
                            .then(Mono.defer(() -> chunks.store(uploadId, number, file)))
                            .then(Mono.defer(() ->
                                    sessions.change(uploadId, state -> state.received(number, size, clock.instant()))));
                })
                .switchIfEmpty(Mono.error(FindUpload::notFound))
                .map(UploadState::of);
    }

    private Mono<Void> replaced(Versioned<UploadSession> session, int number) {
        return session.state().received().containsKey(Integer.toString(number))
                ? sessions.change(session.id(), state -> state.replacing(number, clock.instant()))
                        .then()
                : Mono.empty();
    }

    private static void check(UploadSession session, Announced announced, long size) {
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
