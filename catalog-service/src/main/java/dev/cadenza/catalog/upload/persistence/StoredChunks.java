package dev.cadenza.catalog.upload.persistence;

import dev.cadenza.catalog.upload.Chunks;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.platform.storage.TemporaryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Chunks as objects {@code catalog/uploads/<upload>/<number>}. */
@Component
final class StoredChunks implements Chunks {

    private static final String PREFIX = "catalog/uploads/";
    private static final Scheduler DISK = Schedulers.newBoundedElastic(4, 1_000, "upload-joining", 60, true);

    private final ObjectStore store;

    StoredChunks(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Mono<Void> store(UUID uploadId, int number, Path file) {
        return store.put(folder(uploadId) + number, file, "application/octet-stream")
                .then();
    }

    @Override
    public Flux<Chunk> of(UUID uploadId) {
        String folder = folder(uploadId);
        return store.list(folder)
                .map(object -> new Chunk(Integer.parseInt(object.key().substring(folder.length())), object.size()))
                .sort(Comparator.comparingInt(Chunk::number));
    }

    @Override
    public <T> Mono<T> joined(UUID uploadId, List<Chunk> chunks, Function<Joined, Mono<T>> work) {
        return TemporaryFile.with(DISK, path -> written(uploadId, chunks, path).flatMap(work));
    }

    @Override
    public Mono<Void> deleteAll(UUID uploadId) {
        return store.deletePrefix(folder(uploadId), key -> true).then();
    }

    @Override
    public Flux<UUID> storedBefore(Instant time) {
        return store.idsStoredBefore(PREFIX, time);
    }

    private Mono<Joined> written(UUID uploadId, List<Chunk> chunks, Path path) {
        return Mono.using(
                () -> new Writing(path),
                writing -> Flux.fromIterable(chunks)
                        .concatMap(chunk -> store.read(folder(uploadId) + chunk.number(), 0, chunk.size()), 1)
                        .publishOn(DISK, 4)
                        .doOnNext(writing::write)
                        .then(Mono.fromSupplier(() -> writing.joined(path))),
                Writing::close);
    }

    /** Writes and digests in one go. */
    private static final class Writing implements AutoCloseable {
        private final FileChannel channel;
        private final MessageDigest digest;
        private long size;

        Writing(Path path) throws IOException {
            this.channel = FileChannel.open(path, StandardOpenOption.WRITE);
            try {
                this.digest = MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        void write(ByteBuffer bytes) {
            digest.update(bytes.duplicate());
            size += bytes.remaining();
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Joined joined(Path path) {
            return new Joined(path, size, HexFormat.of().formatHex(digest.digest()));
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String folder(UUID uploadId) {
        return PREFIX + uploadId + "/";
    }
}
