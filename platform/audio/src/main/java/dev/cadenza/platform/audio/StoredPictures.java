package dev.cadenza.platform.audio;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.platform.storage.TemporaryFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Pictures that FFmpeg makes small, a few at a time on threads of their own, and the object store keeps. */
public abstract class StoredPictures implements Pictures, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoredPictures.class);
    private static final int MOST_WAITING = 32;
    private static final int BATCH = 200;

    private final ObjectStore store;
    private final Ffmpeg ffmpeg;
    private final Supplier<UUID> ids;
    private final String prefix;
    private final Limits limits;
    private final Scheduler threads;

    /**
     * What a picture may take.
     *
     * @param side longest side of what is stored
     * @param mostPixels an original that declares more is refused before it is decoded
     * @param concurrency pictures that are worked on at the same moment
     */
    public record Limits(int side, int mostPixels, int concurrency) {}

    /**
     * Closed by its owner.
     *
     * @param prefix of the objects' keys, {@code service/kind/}
     */
    protected StoredPictures(ObjectStore store, Ffmpeg ffmpeg, Supplier<UUID> ids, String prefix, Limits limits) {
        this.store = store;
        this.ffmpeg = ffmpeg;
        this.ids = ids;
        this.prefix = prefix;
        this.limits = limits;
        this.threads = Schedulers.newBoundedElastic(limits.concurrency(), MOST_WAITING, prefix, 60, true);
    }

    /** What a client is told whose picture cannot be used. */
    protected abstract FailureException refusal(UndecodableImageException cause);

    @Override
    public Mono<String> store(UUID owner, Path original) {
        return TemporaryFile.with(
                        threads,
                        small -> Mono.fromCallable(() -> shrink(original, small))
                                .subscribeOn(threads)
                                .flatMap(info -> {
                                    String random =
                                            HexFormat.of().toHexDigits(ids.get().getLeastSignificantBits());
                                    String file = owner + "-" + random + "." + info.format();
                                    return store.put(prefix + file, small, info.contentType())
                                            .thenReturn(file);
                                }))
                .onErrorMap(UndecodableImageException.class, this::refusal)
                .onErrorMap(
                        RejectedExecutionException.class,
                        e -> Failure.unavailable("upload.busy", "Too many uploads at this moment. Try again soon.", 5));
    }

    private ImageInfo shrink(Path original, Path small) throws UndecodableImageException {
        try {
            return ffmpeg.shrink(original, small, limits.side(), limits.mostPixels());
        } catch (IOException e) {
            // the program was killed or had no time: nothing that the picture is to blame for
            LOG.warn("A picture could not be read", e);
            throw Failure.unavailable(
                    "upload.unreadable", "The picture cannot be read at this moment. Try again soon.", 5);
        }
    }

    @Override
    public Mono<Picture> find(String file) {
        return Mono.justOrEmpty(Pictures.owner(file))
                .flatMap(owner -> store.stat(prefix + file))
                .map(object -> new Picture(object.size(), object.etag(), object.contentType(), object.lastModified()));
    }

    @Override
    public Flux<ByteBuffer> read(String file, long offset, long length) {
        return store.read(prefix + file, offset, length);
    }

    @Override
    public Mono<Void> delete(String file) {
        return store.delete(prefix + file);
    }

    @Override
    public Mono<Void> deleteAll(UUID owner) {
        return store.deletePrefix(prefix + owner + "-", key -> true).then();
    }

    @Override
    public Flux<String> deleteOrphans(Instant before, Function<Set<UUID>, Flux<String>> shown) {
        return store.list(prefix)
                .filter(object -> object.lastModified().isBefore(before))
                .map(object -> object.key().substring(prefix.length()))
                // what is none of ours is left alone
                .filter(file -> Pictures.owner(file).isPresent())
                .buffer(BATCH)
                .concatMap(files -> shown.apply(owners(files))
                        .collect(Collectors.toSet())
                        .flatMapIterable(kept -> files.stream()
                                .filter(file -> !kept.contains(file))
                                .toList()))
                .concatMap(file -> delete(file).thenReturn(file));
    }

    private static Set<UUID> owners(List<String> files) {
        return files.stream().flatMap(file -> Pictures.owner(file).stream()).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        threads.dispose();
    }
}
