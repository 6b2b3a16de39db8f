package dev.cadenza.generation.generation.persistence;

import dev.cadenza.generation.generation.Song;
import dev.cadenza.generation.generation.SongFiles;
import dev.cadenza.platform.storage.ObjectStore;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Songs where the job's attempts put them. */
@Component
final class StoredSongFiles implements SongFiles {

    private static final String PREFIX = "generation/jobs/";
    private static final Pattern KEY = Pattern.compile(
            Pattern.quote(PREFIX) + "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([0-9]{1,18})/.+", Pattern.DOTALL);

    private final ObjectStore store;

    StoredSongFiles(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Flux<ByteBuffer> read(Song.File file, long offset, long length) {
        return store.read(file.object(), offset, length);
    }

    @Override
    public Flux<Left> storedBefore(Instant time) {
        return store.list(PREFIX)
                .filter(object -> object.lastModified().isBefore(time))
                .mapNotNull(object -> left(object.key()).orElse(null));
    }

    @Override
    public Mono<Void> delete(Left left) {
        return store.delete(left.object());
    }

    @Override
    public Mono<Void> deleteAllOf(UUID generationId) {
        return store.deletePrefix(PREFIX + generationId + "/", key -> true).then();
    }

    private static Optional<Left> left(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches()
                ? Optional.of(new Left(UUID.fromString(matcher.group(1)), Long.parseLong(matcher.group(2)), key))
                : Optional.empty(); // not one of ours: left alone
    }
}
