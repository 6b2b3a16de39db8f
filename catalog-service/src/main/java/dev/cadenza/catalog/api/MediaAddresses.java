package dev.cadenza.catalog.api;

import dev.cadenza.catalog.track.Track;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.media.MediaSigner;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Absolute addresses of audio that any player can open; those of private tracks are signed and expire. */
@Component
public final class MediaAddresses {

    /** What firewalls refuse even where it is encoded, and what nobody wants in a file's name. */
    private static final Pattern UNWELCOME = Pattern.compile("[%;/\\\\:*?\"<>|\\s\\p{Cntrl}\\p{Zl}\\p{Zp}]+");

    private final String base;
    private final MediaSigner signer;

    MediaAddresses(@Value("${cadenza.public-base-url}") String publicBaseUrl, MediaSigner signer) {
        this.base = publicBaseUrl;
        this.signer = signer;
    }

    /** The address of a track's audio, for somebody who may see the track. */
    public String audio(Versioned<Track> track) {
        String address = base + "/media/songs/" + track.requireNumber() + "/"
                + UriUtils.encode(name(track.state()), StandardCharsets.UTF_8);
        return track.state().visibleTo(null) ? address : address + "?" + signer.query(what(track.requireNumber()));
    }

    /** Whether these parameters of a request are those of an address of the track's audio that has not expired. */
    public boolean opens(long number, @Nullable String expires, @Nullable String signature) {
        return signer.valid(what(number), expires, signature);
    }

    /** The title as the name of a file: for people to read, nothing is found by it. */
    private static String name(Track track) {
        String title = UNWELCOME.matcher(track.details().title()).replaceAll("_");
        String name = title.startsWith(".") ? "_" + title : title;
        return track.audio().format().isEmpty()
                ? name
                : name + "." + track.audio().format();
    }

    /** The name is not signed: it changes with the title. */
    private static String what(long number) {
        return "catalog/songs/" + number;
    }
}
