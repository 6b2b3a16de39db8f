package dev.cadenza.catalog.api;

import dev.cadenza.catalog.track.Findings;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.media.MediaSigner;
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
    private final MediaSigner signer;

    MediaAddresses(@Value("${cadenza.public-base-url}") String publicBaseUrl, MediaSigner signer) {
        this.base = publicBaseUrl;
        this.signer = signer;
    }

    /** The address of a track's audio, for somebody who may see the track. */
    public String audio(Versioned<Track> track) {
        String path = song(track.requireNumber());
        String name = UriUtils.encode(name(track.state()), StandardCharsets.UTF_8);
        // the name is not signed: it changes with the title
        return base + path + "/" + name + signature(track, path);
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

    /** Whether these parameters of a request are those of an address of the track's audio that has not expired. */
    public boolean opensAudio(long number, @Nullable String expires, @Nullable String signature) {
        return opens(song(number), expires, signature);
    }

    /** The same for any other address below {@code /media}. */
    public boolean opens(String path, @Nullable String expires, @Nullable String signature) {
        return signer.valid(path, expires, signature);
    }

    private String address(Versioned<Track> track, String path) {
        return base + path + signature(track, path);
    }

    private String signature(Versioned<Track> track, String path) {
        return track.state().visibleTo(null) ? "" : "?" + signer.query(path);
    }

    private static String song(long number) {
        return "/media/songs/" + number;
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
