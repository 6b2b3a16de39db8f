package dev.cadenza.auth.token;

import dev.cadenza.platform.core.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys that tokens of this platform are signed with. A new one is published for a while before it signs, an old one
 * for a while after it signed last, so that no instance ever sees a token of a key that it cannot find.
 *
 * @param keys the oldest first
 */
public record SigningKeyRing(List<SigningKey> keys) {

    /**
     * One key.
     *
     * @param id its {@code kid}
     * @param published the public half as a JWK
     * @param sealed the whole as a JWK, encrypted
     */
    public record SigningKey(String id, String published, String sealed, Instant createdAt) {}

    public SigningKeyRing {
        keys = List.copyOf(keys);
    }

    /** Whether the newest key is so old that it needs a successor. */
    boolean isDue(Instant now, Duration rotateAfter) {
        return keys.isEmpty() || !keys.getLast().createdAt().plus(rotateAfter).isAfter(now);
    }

    /** With a new key, and without those that have been out of use for long. */
    Change<SigningKeyRing, Void> with(SigningKey next, Instant now, TokenSettings settings) {
        List<SigningKey> kept = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            boolean newest = i == keys.size() - 1;
            if (newest
                    || keys.get(i + 1)
                            .createdAt()
                            .plus(settings.activateAfter())
                            .plus(settings.keepFor())
                            .isAfter(now)) {
                kept.add(keys.get(i));
            }
        }
        kept.add(next);
        return Change.of(new SigningKeyRing(kept));
    }
}
