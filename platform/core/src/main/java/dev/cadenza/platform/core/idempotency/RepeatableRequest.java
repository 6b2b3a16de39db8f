package dev.cadenza.platform.core.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * A request that carries an {@code Idempotency-Key}; in the Reactor context under this class. Where a process dies
 * between an effect and the answer being remembered, the request comes again as if nothing had been: what must exist once
 * takes its id from here, so that the repeat finds it.
 *
 * @param request caller, method, path and key, hashed
 * @param since when it was made for the first time
 */
public record RepeatableRequest(String request, Instant since) {

    /** The id of what the request makes, the same at every repeat; time-ordered (version 7). */
    public UUID id(String purpose) {
        try {
            ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256")
                    .digest((purpose + "\n" + request).getBytes(StandardCharsets.UTF_8)));
            long high = since.toEpochMilli() << 16 | 0x7000L | hash.getLong() & 0xFFFL;
            long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
