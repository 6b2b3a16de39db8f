package dev.cadenza.generation.api.musicgen;

import dev.cadenza.generation.model.SongFormat;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Absolute addresses of songs, signed (HMAC-SHA-256) so that a player needs no token. */
@Component
class DownloadUrls {

    private static final Logger LOG = LoggerFactory.getLogger(DownloadUrls.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_SECRET = 16;

    private final String base;
    private final SecretKeySpec key;
    private final long windowSeconds;
    private final Clock clock;

    DownloadUrls(PublicAddress address, MediaSettings settings, Clock clock) {
        this.base = address.publicBaseUrl().toString();
        this.key = new SecretKeySpec(secret(settings), ALGORITHM);
        this.windowSeconds = Math.max(1, settings.validFor().toSeconds() / 2);
        this.clock = clock;
    }

    /** The signed address; it stays the same for half its life, so that polling clients see no change. */
    String signed(String trackId, SongFormat format) {
        long expires = (clock.instant().getEpochSecond() / windowSeconds + 2) * windowSeconds;
        return base + "/v1/ai/tracks/" + trackId + "/download?format=" + format.word() + "&expires=" + expires
                + "&signature=" + signature(trackId, format, expires);
    }

    /** Whether somebody who may have it was given this address, and lately. */
    boolean valid(String trackId, SongFormat format, @Nullable String expires, @Nullable String signature) {
        if (expires == null || signature == null || !expires.matches("\\d{1,12}")) {
            return false;
        }
        long until = Long.parseLong(expires);
        return clock.instant().getEpochSecond() < until
                && MessageDigest.isEqual(
                        signature.getBytes(StandardCharsets.UTF_8),
                        signature(trackId, format, until).getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String trackId, SongFormat format, long expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] code = mac.doFinal(("generation\n" + trackId + "\n" + format.word() + "\n" + expires)
                    .getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] secret(MediaSettings settings) {
        String secret = settings.signingSecret();
        if (secret == null || secret.isBlank()) {
            LOG.warn("cadenza.media.signing-secret is not set: signed addresses end with this process");
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            return random;
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "cadenza.media.signing-secret needs at least " + SHORTEST_SECRET + " bytes");
        }
        return bytes;
    }
}
