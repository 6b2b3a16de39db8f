package dev.cadenza.generation.generation.persistence;

import dev.cadenza.generation.generation.Song;
import dev.cadenza.generation.generation.SongFiles;
import dev.cadenza.platform.storage.ObjectStore;
import java.nio.ByteBuffer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Songs where the job's attempts put them. */
@Component
final class StoredSongFiles implements SongFiles {

    private final ObjectStore store;

    StoredSongFiles(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Flux<ByteBuffer> read(Song.File file, long offset, long length) {
        return store.read(file.object(), offset, length);
    }
}
