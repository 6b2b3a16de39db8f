package dev.cadenza.catalog.api;

import dev.cadenza.catalog.track.FindTrack;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.media.MediaSigner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Mono;

/**
 * Tracks as players reach them: with an identity that may see them, or through an address that somebody was given who may.
 */
@Component
public final class SignedTracks {

    private final FindTrack find;
    private final MediaSigner signer;

    SignedTracks(FindTrack find, MediaSigner signer) {
        this.find = find;
        this.signer = signer;
    }

    /** The track; NotFound for whoever may not see it and has no valid signature. */
    public Mono<Versioned<Track>> find(UUID id, @Nullable UUID viewer, ServerHttpRequest request) {
        return isSigned(id, request) ? find.findShared(id) : find.find(id, viewer);
    }

    /** The same by integer id. */
    public Mono<Versioned<Track>> find(long number, @Nullable UUID viewer, ServerHttpRequest request) {
        return find.findShared(number).flatMap(track -> find(track.id(), viewer, request));
    }

    /**
     * What an address of the track needs so that it opens without an identity, with the question mark: nothing where
     * everybody may see it.
     */
    public String query(Versioned<Track> track) {
        return track.state().visibleTo(null) ? "" : "?" + signer.query(signed(track.id()));
    }

    private boolean isSigned(UUID id, ServerHttpRequest request) {
        MultiValueMap<String, String> query = request.getQueryParams();
        return signer.valid(signed(id), query.getFirst("expires"), query.getFirst("signature"));
    }

    private static String signed(UUID id) {
        return "catalog/track\n" + id;
    }
}
