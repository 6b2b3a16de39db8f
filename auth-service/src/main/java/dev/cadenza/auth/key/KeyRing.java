package dev.cadenza.auth.key;

import dev.cadenza.auth.key.KeyEvent.Audited;
import dev.cadenza.auth.key.KeyEvent.Revoked;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * All API keys of one account: one aggregate, so that of several that are made at the same moment none is too many.
 *
 * @param keys the oldest first
 */
public record KeyRing(List<ApiKey> keys) {

    /** No keys. */
    public static final KeyRing EMPTY = new KeyRing(List.of());

    /** Whether it is unknown or somebody else's is not told. */
    static final Failure.NotFound UNKNOWN = new Failure.NotFound("api_key.not_found", "API key not found");

    /** Keys that have ended are shown for a while, but never more than so many. */
    private static final int ENDED = 50;

    /** How long a token of a key may live, and the clocks differ; the longest that anybody has to remember a revocation. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    public KeyRing {
        keys = List.copyOf(keys);
    }

    /** The key of this id, which is there. */
    ApiKey required(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst().orElseThrow(UNKNOWN::asException);
    }

    /** The key that a secret opens now. */
    Optional<ApiKey> openedBy(KeySecret secret, Instant now) {
        String hash = secret.hash();
        return keys.stream().filter(key -> key.isOpenedBy(hash, now)).findFirst();
    }

    /** One more; a conflict where there are enough. */
    Change<KeyRing, KeyEvent> with(ApiKey key, int most, Instant now) {
        long active = keys.stream()
                .filter(known -> known.status(now) == ApiKey.Status.ACTIVE)
                .count();
        if (active >= most) {
            throw Failure.conflict("api_key.too_many", "There are %d API keys. Revoke one first.".formatted(active));
        }
        List<ApiKey> all = new ArrayList<>(keys);
        all.add(key);
        return new Change<>(
                new KeyRing(all),
                List.of(new Audited(
                        "api_key.created",
                        key.id(),
                        Map.of("name", key.name(), "scopes", String.join(" ", key.scopes())))));
    }

    /** Without the secrets of this key; nothing where it has ended already. */
    Change<KeyRing, KeyEvent> revoked(String id, Instant now) {
        ApiKey key = required(id);
        if (key.status(now) != ApiKey.Status.ACTIVE) {
            return Change.of(this);
        }
        return new Change<>(replace(id, known -> known.revoked(now)).shortened(now), revocation(key, now));
    }

    /** Without the secrets of all keys. */
    Change<KeyRing, KeyEvent> allRevoked(Instant now) {
        List<KeyEvent> events = new ArrayList<>();
        KeyRing ring = this;
        for (ApiKey key : keys) {
            if (key.status(now) == ApiKey.Status.ACTIVE) {
                ring = ring.replace(key.id(), known -> known.revoked(now));
                events.addAll(revocation(key, now));
            }
        }
        return new Change<>(ring.shortened(now), events);
    }

    /**
     * Another secret for a key. The old one goes on working for a while, or ends at once and its tokens with it.
     *
     * @param cut from when on tokens are those of the new secret
     */
    Change<KeyRing, KeyEvent> rotated(String id, KeySecret secret, Duration grace, Instant cut, Instant now) {
        ApiKey key = required(id);
        if (key.status(now) != ApiKey.Status.ACTIVE) {
            throw Failure.conflict("api_key.not_active", "This API key has been revoked or has expired.");
        }
        Audited audited =
                new Audited("api_key.rotated", id, Map.of("name", key.name(), "grace_seconds", "" + grace.toSeconds()));
        if (grace.isZero()) {
            return Change.of(
                    replace(id, known -> known.rotated(secret, null)),
                    audited,
                    new Revoked(id, cut, now.plus(REMEMBERED)));
        }
        ApiKey.Replaced old = new ApiKey.Replaced(key.hash(), now.plus(grace));
        return Change.of(replace(id, known -> known.rotated(secret, old)), audited);
    }

    /** A key was used; only the first use in {@code pause} counts. */
    Change<KeyRing, KeyEvent> used(String id, ApiKey.Use use, Duration pause) {
        return Change.of(replace(id, key -> {
            ApiKey.Use last = key.lastUse();
            return last != null && last.at().plus(pause).isAfter(use.at()) ? key : key.used(use);
        }));
    }

    /** Without keys that ended long ago. */
    Change<KeyRing, KeyEvent> swept(Instant endedBefore) {
        return Change.of(without(key -> {
            Instant ended = key.endedAt(endedBefore);
            return ended != null && ended.isBefore(endedBefore);
        }));
    }

    private static List<KeyEvent> revocation(ApiKey key, Instant now) {
        return List.of(
                new Audited("api_key.revoked", key.id(), Map.of("name", key.name())),
                new Revoked(key.id(), null, now.plus(REMEMBERED)));
    }

    private KeyRing shortened(Instant now) {
        long ended = keys.stream().filter(key -> key.endedAt(now) != null).count();
        long tooMany = ended - ENDED;
        if (tooMany <= 0) {
            return this;
        }
        List<String> oldest = keys.stream()
                .filter(key -> key.endedAt(now) != null)
                .limit(tooMany)
                .map(ApiKey::id)
                .toList();
        return without(key -> oldest.contains(key.id()));
    }

    private KeyRing replace(String id, UnaryOperator<ApiKey> change) {
        return new KeyRing(keys.stream()
                .map(key -> key.id().equals(id) ? change.apply(key) : key)
                .toList());
    }

    private KeyRing without(Predicate<ApiKey> which) {
        return new KeyRing(keys.stream().filter(which.negate()).toList());
    }
}
