package dev.cadenza.catalog.api;

import dev.cadenza.catalog.track.Findings;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.platform.core.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Absolute addresses of what belongs to tracks, that any player can open; those of private tracks are signed and expire. */
@Component
public final class MediaAddresses {

    /** What firewalls refuse even where it is encoded, and what nobody wants in a file's name. */
    private static final Pattern UNWELCOME = Pattern.compile("[%;/\\\\:*?\"<>|\\s\\p{Cntrl}\\p{Zl}\\p{Zp}]+");

    private final String base;
    private final SignedTracks signed;

    MediaAddresses(@Value("${cadenza.public-base-url}") String publicBaseUrl, SignedTracks signed) {
        this.base = publicBaseUrl;
        this.signed = signed;
    }

    /** The address of a track's audio, for somebody who may see the track. */
    public String audio(Versioned<Track> track) {
        String name = UriUtils.encode(name(track.state()), StandardCharsets.UTF_8);
        return address(track, "/media/songs/" + track.requireNumber() + "/" + name);
    }

    /** The address of its picture: the owner's, else of the one in the file; null where there is none. */
    public @Nullable String cover(Versioned<Track> track) {
        String given = track.state().details().notes().coverUrl();
        Findings found = track.state().findings();
        return given != null || found == null || found.artwork() == null
                ? given
                : address(track, "/media/artwork/" + track.id());
    }

    /** The address of its peaks; null where there are none. */
    public @Nullable String waveform(Versioned<Track> track) {
        Findings found = track.state().findings();
        return found == null || !found.waveform() ? null : address(track, "/media/waveforms/" + track.id());
    }

    private String address(Versioned<Track> track, String path) {
        return base + path + signed.query(track);
    }

    /** The title as the name of a file: for people to read, nothing is found by it. */
    private static String name(Track track) {
        String title = UNWELCOME.matcher(track.details().title()).replaceAll("_");
        String name = title.startsWith(".") ? "_" + title : title;
        return track.audio().format().isEmpty()
                ? name
                : name + "." + track.audio().format();
    }
}
