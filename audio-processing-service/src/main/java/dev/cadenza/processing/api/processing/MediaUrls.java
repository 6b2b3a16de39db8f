package dev.cadenza.processing.api.processing;

import dev.cadenza.platform.web.media.MediaSigner;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Root-relative addresses of media, signed so that a player needs no token. */
@Component
class MediaUrls {

    private static final Pattern UNWELCOME = Pattern.compile("[%;/\\\\\\p{Cntrl}\\p{Zl}\\p{Zp}]");

    private final MediaSigner signer;

    MediaUrls(MediaSigner signer) {
        this.signer = signer;
    }

    /** The signed address; it stays the same for half its life, so that polling clients see no change. */
    String signed(String folder, long number, String filename) {
        String path = path(folder, number, shown(filename));
        return path + "?" + signer.query(path);
    }

    /** Whether somebody who may have it was given this address, and lately. */
    boolean valid(String folder, long number, String filename, @Nullable String expires, @Nullable String signature) {
        return signer.valid(path(folder, number, filename), expires, signature);
    }

    private static String path(String folder, long number, String filename) {
        return "/media/uploads/vocal_separation/" + folder + "/" + number + "/"
                + UriUtils.encode(filename, StandardCharsets.UTF_8);
    }

    /** The file's name as its address shows it: without what firewalls refuse even where it is encoded. */
    static String shown(String filename) {
        return UNWELCOME.matcher(filename).replaceAll("_");
    }
}
