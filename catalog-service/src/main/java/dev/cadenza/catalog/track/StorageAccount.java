package dev.cadenza.catalog.track;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The room that one owner's uploads hold while they are no tracks yet.
 *
 * @param holds by the id of the track that comes of it
 */
public record StorageAccount(Map<String, Hold> holds) {

    /** Nothing is held. */
    public static final StorageAccount EMPTY = new StorageAccount(Map.of());

    public StorageAccount {
        holds = Map.copyOf(holds);
    }

    /**
     * Room for one upload.
     *
     * @param session whether it comes in chunks
     * @param until from then on it counts no more: whoever held it is dead
     */
    public record Hold(long bytes, boolean session, Instant until) {

        /** This one for an upload that holds room already, which it keeps for as long as it had. */
        Hold beside(@Nullable Hold other) {
            return other == null
                    ? this
                    : new Hold(bytes, session || other.session, other.until.isAfter(until) ? other.until : until);
        }
    }

    /** What still counts. */
    StorageAccount at(Instant now) {
        Map<String, Hold> left = new LinkedHashMap<>(holds);
        left.values().removeIf(hold -> !hold.until().isAfter(now));
        return new StorageAccount(left);
    }

    @Nullable
    Hold of(UUID id) {
        return holds.get(id.toString());
    }

    StorageAccount with(UUID id, Hold hold) {
        Map<String, Hold> more = new LinkedHashMap<>(holds);
        more.put(id.toString(), hold);
        return new StorageAccount(more);
    }

    StorageAccount without(UUID id) {
        Map<String, Hold> less = new LinkedHashMap<>(holds);
        less.remove(id.toString());
        return new StorageAccount(less);
    }

    long bytes() {
        return holds.values().stream().mapToLong(Hold::bytes).sum();
    }

    long sessions() {
        return holds.values().stream().filter(Hold::session).count();
    }

    Collection<UUID> ids() {
        return holds.keySet().stream().map(UUID::fromString).toList();
    }
}
