package dev.cadenza.playlist.api;

import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.media.MediaSigner;
import dev.cadenza.playlist.playlist.Playlist;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Absolute addresses of pictures of playlists; those of private playlists are signed and expire. */
@Component
public final class CoverAddresses {

    private final String base;
    private final MediaSigner signer;

    CoverAddresses(@Value("${cadenza.public-base-url}") String publicBaseUrl, MediaSigner signer) {
        this.base = publicBaseUrl;
        this.signer = signer;
    }

    /** The address for somebody who may see the playlist; null where it has no picture. */
    public @Nullable String of(Versioned<Playlist> playlist) {
        String file = playlist.state().cover();
        if (file == null) {
            return null;
        }
        String address = base + "/media/covers/" + file;
        return playlist.state().isPublic() ? address : address + "?" + signer.query(signed(file));
    }

    /** Whether somebody was given the address of this file, and it has not expired. */
    boolean isSigned(String file, @Nullable String expires, @Nullable String signature) {
        return signer.valid(signed(file), expires, signature);
    }

    private static String signed(String file) {
        return "playlist/cover\n" + file;
    }
}
