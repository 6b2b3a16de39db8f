package dev.cadenza.platform.web.media;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs addresses of media (HMAC-SHA-256), so that a player needs no identity until they expire. What is signed is a text
 * that says all that the address may open, and begins unlike that of any other kind of address: all services have the same
 * secret.
 */
public final class MediaSigner {

    private static final Logger LOG = LoggerFactory.getLogger(MediaSigner.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_SECRET = 16;

    private final SecretKeySpec key;
    private final long windowSeconds;
    private final Clock clock;

    /** With the secret of the settings, or one of its own. */
    public MediaSigner(MediaSettings settings, Clock clock) {
        this.key = new SecretKeySpec(secret(settings), ALGORITHM);
        this.windowSeconds = Math.max(1, settings.validFor().toSeconds() / 2);
        this.clock = clock;
    }

    /**
     * The query {@code expires=…&signature=…} that opens {@code what} for a while; it stays the same for half its life, so
     * that polling clients see no change.
     */
    public String query(String what) {
        return query(what, (clock.instant().getEpochSecond() / windowSeconds + 2) * windowSeconds);
    }

    /** The query that opens {@code what} until then, to the second. */
    public String query(String what, Instant until) {
        return query(what, until.getEpochSecond());
    }

    private String query(String what, long expires) {
        return "expires=" + expires + "&signature=" + signature(what, expires);
    }

    /** Whether somebody was given a query for {@code what} with these parameters that has not expired. */
    public boolean valid(String what, @Nullable String expires, @Nullable String signature) {
        if (expires == null || signature == null || !expires.matches("[0-9]{1,12}")) {
            return false;
        }
        long until = Long.parseLong(expires);
        return clock.instant().getEpochSecond() < until
                && MessageDigest.isEqual(
                        signature.getBytes(StandardCharsets.UTF_8),
                        signature(what, until).getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String what, long expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] code = mac.doFinal((what + "\n" + expires).getBytes(StandardCharsets.UTF_8));
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
