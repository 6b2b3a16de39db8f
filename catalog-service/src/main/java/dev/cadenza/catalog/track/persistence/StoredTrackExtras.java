package dev.cadenza.catalog.track.persistence;

import dev.cadenza.catalog.track.TrackExtras;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.platform.storage.StoredObject;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Small objects beside the bytes of tracks, under keys that begin with the track's id. */
@Component
final class StoredTrackExtras implements TrackExtras {

    private static final String ARTWORK = "catalog/artwork/";
    private static final String WAVEFORMS = "catalog/waveforms/";

    /** Where all of them lie. */
    static final List<String> PREFIXES = List.of(ARTWORK, WAVEFORMS);

    private final ObjectStore store;

    StoredTrackExtras(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Mono<String> store(UUID trackId, Kind kind, Path file) {
        return store.put(key(trackId, kind), file, kind.contentType()).map(StoredObject::etag);
    }

    @Override
    public Mono<Stored> find(UUID trackId, Kind kind) {
        return store.stat(key(trackId, kind))
                .map(object -> new Stored(object.size(), object.etag(), object.lastModified()));
    }

    @Override
    public Flux<ByteBuffer> read(UUID trackId, Kind kind, long offset, long length) {
        return store.read(key(trackId, kind), offset, length);
    }

    static String key(UUID trackId, Kind kind) {
        return switch (kind) {
            case ARTWORK -> ARTWORK + trackId;
            case THUMBNAIL -> ARTWORK + trackId + "-small";
            case WAVEFORM -> WAVEFORMS + trackId;
        };
    }
}
