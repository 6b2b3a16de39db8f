package dev.cadenza.catalog.track;

import dev.cadenza.platform.events.PersonalData;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * An account is gone: its tracks and their bytes go, its listenings and downloads become anybody's. Bytes whose deletion a crash cuts
 * off are swept.
 */
@Component
public final class EraseTracks implements PersonalData {

    private final Tracks tracks;
    private final TrackFiles files;
    private final Streams streams;
    private final Downloads downloads;
    private final StorageQuota quota;

    EraseTracks(Tracks tracks, TrackFiles files, Streams streams, Downloads downloads, StorageQuota quota) {
        this.tracks = tracks;
        this.files = files;
        this.streams = streams;
        this.downloads = downloads;
        this.quota = quota;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return tracks.removeAllOf(account, new TrackEvent.Erased())
                .concatMap(files::delete, 1)
                .then(streams.forget(account))
                .then(downloads.forget(account))
                .then(quota.forget(account));
    }
}
