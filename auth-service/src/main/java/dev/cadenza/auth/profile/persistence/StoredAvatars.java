package dev.cadenza.auth.profile.persistence;

import dev.cadenza.auth.profile.AvatarSettings;
import dev.cadenza.auth.profile.Avatars;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.ImageInfo;
import dev.cadenza.platform.audio.UndecodableImageException;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.storage.ObjectStore;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Pictures through FFmpeg, which blocks and so has threads of its own, in the object store. */
@Component
@EnableConfigurationProperties(AvatarSettings.class)
final class StoredAvatars implements Avatars {

    private static final Logger LOG = LoggerFactory.getLogger(StoredAvatars.class);
    private static final String PREFIX = "auth/avatars/";
    private static final int MOST_WAITING = 32;

    private final ObjectStore store;
    private final Ffmpeg ffmpeg;
    private final AvatarSettings settings;
    private final Supplier<UUID> ids;
    private final Scheduler threads;

    StoredAvatars(ObjectStore store, Ffmpeg ffmpeg, AvatarSettings settings, Supplier<UUID> ids) {
        this.store = store;
        this.ffmpeg = ffmpeg;
        this.settings = settings;
        this.ids = ids;
        this.threads = Schedulers.newBoundedElastic(settings.concurrency(), MOST_WAITING, "avatar", 60, true);
    }

    @Override
    public Mono<String> store(UUID account, Path original) {
        return Mono.usingWhen(
                        // named like an upload: those are swept where a process was killed
                        Mono.fromCallable(() -> Files.createTempFile("cadenza-upload-", ".part"))
                                .subscribeOn(threads),
                        small -> Mono.fromCallable(() -> shrink(original, small))
                                .subscribeOn(threads)
                                .flatMap(info -> {
                                    String random =
                                            HexFormat.of().toHexDigits(ids.get().getLeastSignificantBits());
                                    String file = account + "-" + random + "." + info.format();
                                    return store.put(PREFIX + file, small, info.contentType())
                                            .thenReturn(file);
                                }),
                        small -> Mono.<Void>fromRunnable(() -> remove(small)).subscribeOn(threads))
                .onErrorMap(
                        RejectedExecutionException.class,
                        e -> Failure.unavailable("upload.busy", "Too many uploads at this moment. Try again soon.", 5));
    }

    private ImageInfo shrink(Path original, Path small) {
        try {
            return ffmpeg.shrink(original, small, settings.side(), settings.maxPixels());
        } catch (UndecodableImageException e) {
            throw switch (e.problem()) {
                case UNSUPPORTED -> new Failure.UnsupportedMedia("upload.unsupported", e.reason()).asException();
                case UNUSABLE, BEYOND_LIMITS -> Failure.invalidField("avatar", e.reason());
            };
        } catch (IOException e) {
            // the program was killed or had no time: nothing that the picture is to blame for
            LOG.warn("A picture could not be read", e);
            throw Failure.unavailable(
                    "upload.unreadable", "The picture cannot be read at this moment. Try again soon.", 5);
        }
    }

    @Override
    public Mono<Avatar> find(String file) {
        return store.stat(PREFIX + file)
                .map(object -> new Avatar(object.size(), object.etag(), object.contentType(), object.lastModified()));
    }

    @Override
    public Flux<ByteBuffer> read(String file, long offset, long length) {
        return store.read(PREFIX + file, offset, length);
    }

    @Override
    public Mono<Void> delete(String file) {
        return store.delete(PREFIX + file);
    }

    @Override
    public Mono<Void> deleteAll(UUID account) {
        return store.deletePrefix(PREFIX + account + "-", key -> true).then();
    }

    @Override
    public Flux<String> storedBefore(Instant moment) {
        return store.list(PREFIX)
                .filter(object -> object.lastModified().isBefore(moment))
                .map(object -> object.key().substring(PREFIX.length()));
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @PreDestroy
    void close() {
        threads.dispose();
    }
}
