package dev.cadenza.playlist.playlist.persistence;

import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.PictureShrinker;
import dev.cadenza.platform.audio.UndecodableImageException;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.playlist.playlist.CoverSettings;
import dev.cadenza.playlist.playlist.Covers;
import jakarta.annotation.PreDestroy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Small pictures in the object store. */
@Repository
class StoredCovers implements Covers {

    private static final String PREFIX = "playlist/covers/";

    private final ObjectStore store;
    private final PictureShrinker pictures;
    private final CoverSettings settings;
    private final Supplier<UUID> ids;

    StoredCovers(ObjectStore store, Ffmpeg ffmpeg, CoverSettings settings, Supplier<UUID> ids) {
        this.store = store;
        this.pictures = new PictureShrinker(ffmpeg, "cover", settings.concurrency());
        this.settings = settings;
        this.ids = ids;
    }

    @Override
    public Mono<String> store(UUID playlist, Path original) {
        return pictures.shrunk(original, settings.side(), settings.maxPixels(), (small, info) -> {
                    String random = HexFormat.of().toHexDigits(ids.get().getLeastSignificantBits());
                    String file = playlist + "-" + random + "." + info.format();
                    return store.put(PREFIX + file, small, info.contentType()).thenReturn(file);
                })
                .onErrorMap(UndecodableImageException.class, e -> Failure.invalid("cover.unusable", e.reason()));
    }

    @Override
    public Mono<Cover> find(String file) {
        return store.stat(PREFIX + file)
                .map(object -> new Cover(object.size(), object.etag(), object.contentType(), object.lastModified()));
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
    public Mono<Void> deleteAll(UUID playlist) {
        return store.deletePrefix(PREFIX + playlist + "-", key -> true).then();
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
