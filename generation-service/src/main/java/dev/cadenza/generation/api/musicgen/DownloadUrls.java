package dev.cadenza.generation.api.musicgen;

import dev.cadenza.generation.model.SongFormat;
import dev.cadenza.platform.web.media.MediaSigner;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Absolute addresses of songs, signed so that a player needs no token. */
@Component
class DownloadUrls {

    private final String base;
    private final MediaSigner signer;

    DownloadUrls(PublicAddress address, MediaSigner signer) {
        this.base = address.publicBaseUrl().toString();
        this.signer = signer;
    }

    /** The signed address; it stays the same for half its life, so that polling clients see no change. */
    String signed(String trackId, SongFormat format) {
        return base + "/v1/ai/tracks/" + trackId + "/download?format=" + format.word() + "&"
                + signer.query(what(trackId, format));
    }

    /** Whether somebody who may have it was given this address, and lately. */
    boolean valid(String trackId, SongFormat format, @Nullable String expires, @Nullable String signature) {
        return signer.valid(what(trackId, format), expires, signature);
    }

    private static String what(String trackId, SongFormat format) {
        return "generation\n" + trackId + "\n" + format.word();
    }
}
