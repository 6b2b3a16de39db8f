package dev.cadenza.auth.session;

import dev.cadenza.auth.secret.Sha256;
import dev.cadenza.platform.core.Ids;
import java.util.Base64;

/** What clients show to go on with a session. Stored is a hash of it: its random bits need no salt. */
public final class Secrets {

    private static final int BYTES = 32;

    private Secrets() {}

    /** 256 random bits. */
    static String next() {
        return Ids.secret(BYTES);
    }

    /** What is stored in place of a secret. */
    public static String hash(String secret) {
        return Sha256.hex(secret);
    }

    /** The token that pages and scripts repeat; bound to the cookie without telling anything about it. */
    static String csrfToken(String cookie) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.bytes("csrf of " + cookie));
    }
}
