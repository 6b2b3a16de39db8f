package dev.cadenza.processing.api.processing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Root-relative addresses of media, signed (HMAC-SHA-256) so that a player needs no token. */
@Component
class MediaUrls {

    private static final Logger LOG = LoggerFactory.getLogger(MediaUrls.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_SECRET = 16;
    private static final Pattern UNWELCOME = Pattern.compile("[%;/\\\\\\p{Cntrl}\\p{Zl}\\p{Zp}]");

    private final SecretKeySpec key;
    private final long windowSeconds;
    private final Clock clock;

    MediaUrls(MediaSettings settings, Clock clock) {
        String secret = settings.signingSecret();
        byte[] bytes;
        if (secret == null || secret.isBlank()) {
            LOG.warn("cadenza.media.signing-secret is not set: signed addresses end with this process");
            bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
        } else {
            bytes = secret.getBytes(StandardCharsets.UTF_8);
            if (bytes.length < SHORTEST_SECRET) {
                throw new IllegalArgumentException(
                        "cadenza.media.signing-secret needs at least " + SHORTEST_SECRET + " bytes");
            }
        }
        this.key = new SecretKeySpec(bytes, ALGORITHM);
        this.windowSeconds = Math.max(1, settings.validFor().toSeconds() / 2);
        this.clock = clock;
    }

    /** The signed address; it stays the same for half its life, so that polling clients see no change. */
    String signed(String folder, long number, String filename) {
        String path = path(folder, number, shown(filename));
        long expires = (clock.instant().getEpochSecond() / windowSeconds + 2) * windowSeconds;
        return path + "?expires=" + expires + "&signature=" + signature(path, expires);
    }

    /** Whether somebody who may have it was given this address, and lately. */
    boolean valid(String folder, long number, String filename, @Nullable String expires, @Nullable String signature) {
        if (expires == null || signature == null || !expires.matches("\\d{1,12}")) {
            return false;
        }
        long until = Long.parseLong(expires);
        return clock.instant().getEpochSecond() < until
                && MessageDigest.isEqual(
                        signature.getBytes(StandardCharsets.UTF_8),
                        signature(path(folder, number, filename), until).getBytes(StandardCharsets.UTF_8));
    }

    private static String path(String folder, long number, String filename) {
        return "/media/uploads/vocal_separation/" + folder + "/" + number + "/"
                + UriUtils.encode(filename, StandardCharsets.UTF_8);
    }

    /** The file's name as its address shows it: without what firewalls refuse even where it is encoded. */
    static String shown(String filename) {
        return UNWELCOME.matcher(filename).replaceAll("_");
    }

    private String signature(String path, long expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] code = mac.doFinal((path + "\n" + expires).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
