package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.api.MediaAddresses;
import dev.cadenza.catalog.api.SignedTracks;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.VezaPages;
import java.util.List;
import org.springframework.stereotype.Component;

/** Shows tracks to somebody who may see them: with addresses that players may open without a token. */
@Component("vezaTrackView")
final class TrackView {

    private final SignedTracks signed;
    private final MediaAddresses addresses;

    TrackView(SignedTracks signed, MediaAddresses addresses) {
        this.signed = signed;
        this.addresses = addresses;
    }

    TrackJson of(Versioned<Track> track) {
        return TrackJson.of(track, signed.query(track), addresses);
    }

    List<TrackJson> all(Page<Versioned<Track>> page) {
        return page.items().stream().map(this::of).toList();
    }

    TrackJson.Many page(Page<Versioned<Track>> page) {
        return new TrackJson.Many(all(page), VezaPages.of(page));
    }
}
