package dev.cadenza.auth.profile.persistence;

import dev.cadenza.auth.profile.AvatarSettings;
import dev.cadenza.auth.profile.Avatars;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.PictureShrinker;
import dev.cadenza.platform.audio.UndecodableImageException;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.storage.ObjectStore;
import jakarta.annotation.PreDestroy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Small pictures in the object store. */
@Component
@EnableConfigurationProperties(AvatarSettings.class)
final class StoredAvatars implements Avatars {

    private static final String PREFIX = "auth/avatars/";

    private final ObjectStore store;
    private final PictureShrinker pictures;
    private final AvatarSettings settings;
    private final Supplier<UUID> ids;

    StoredAvatars(ObjectStore store, Ffmpeg ffmpeg, AvatarSettings settings, Supplier<UUID> ids) {
        this.store = store;
        this.pictures = new PictureShrinker(ffmpeg, "avatar", settings.concurrency());
        this.settings = settings;
        this.ids = ids;
    }

    @Override
    public Mono<String> store(UUID account, Path original) {
        return pictures.shrunk(original, settings.side(), settings.maxPixels(), (small, info) -> {
                    String random = HexFormat.of().toHexDigits(ids.get().getLeastSignificantBits());
                    String file = account + "-" + random + "." + info.format();
                    return store.put(PREFIX + file, small, info.contentType()).thenReturn(file);
                })
                .onErrorMap(UndecodableImageException.class, StoredAvatars::refused);
    }

    private static FailureException refused(UndecodableImageException e) {
        return switch (e.problem()) {
            case UNSUPPORTED -> new Failure.UnsupportedMedia("upload.unsupported", e.reason()).asException();
            case UNUSABLE, BEYOND_LIMITS -> Failure.invalidField("avatar", e.reason());
        };
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

    @PreDestroy
    void close() {
        pictures.close();
    }
}
