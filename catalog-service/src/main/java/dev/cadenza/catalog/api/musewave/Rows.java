package dev.cadenza.catalog.api.musewave;

import dev.cadenza.catalog.album.FindAlbumsOfTracks;
import dev.cadenza.catalog.api.MediaAddresses;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.platform.core.Versioned;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes rows of tracks, each with its album. */
@Component("musewaveRows")
class Rows {

    private final FindAlbumsOfTracks albums;
    private final MediaAddresses addresses;

    Rows(FindAlbumsOfTracks albums, MediaAddresses addresses) {
        this.albums = albums;
        this.addresses = addresses;
    }

    Mono<TrackJson> row(Versioned<Track> track, @Nullable UUID viewer) {
        return rows(List.of(track), viewer).map(List::getFirst);
    }

    Mono<List<TrackJson>> rows(List<Versioned<Track>> tracks, @Nullable UUID viewer) {
        return albums.of(tracks.stream().map(Versioned::id).toList(), viewer)
                .map(byTrack -> tracks.stream()
                        .map(track -> TrackJson.of(track, byTrack.get(track.id()), addresses))
                        .toList());
    }

    /** Of an album whose tracks these are. */
    List<TrackJson> rowsOf(UUID album, List<Versioned<Track>> tracks) {
        return tracks.stream()
                .map(track -> TrackJson.of(track, album, addresses))
                .toList();
    }

    /**
     * What a body says, without what a row shows although its owner never said it: rows that are sent back as they were
     * shown make nothing of that his word.
     */
    Body withoutWhatIsShown(Map<String, @Nullable Object> fields, Versioned<Track> track) {
        TrackJson shown = TrackJson.of(track, null, addresses);
        Map<String, @Nullable Object> rest = new HashMap<>(fields);
        rest.remove("cover_url", shown.coverUrl());
        rest.remove("artist_slug", shown.artistSlug());
        rest.remove("key", shown.key());
        if (shown.bpm() != null
                && rest.get("bpm") instanceof Number bpm
                && bpm.doubleValue() == shown.bpm().doubleValue()) {
            rest.remove("bpm");
        }
        return new Body(rest);
    }
}
