package dev.cadenza.playlist;

import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.ServiceIT;
import dev.cadenza.playlist.track.Track;
import dev.cadenza.playlist.track.Tracks;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;

/** The service, with tracks that its tests make up. */
public abstract class PlaylistIT extends ServiceIT {

    @Autowired
    protected Tracks tracks;

    /** A track that the catalog told of. */
    protected UUID track(User owner, String title, boolean isPublic) {
        UUID id = Ids.next();
        tracks.store(new Track(id, owner.id(), title, "Artist", 61.4, isPublic), 1)
                .block();
        return id;
    }
}
