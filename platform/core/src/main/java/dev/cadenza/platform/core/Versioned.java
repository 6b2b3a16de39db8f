package dev.cadenza.platform.core;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate as it was read: its state and what guards the next write.
 *
 * @param version grows with every write; a write based on an older one is refused
 * @param number positive integer id for the dialects with integer ids; null where the collection has none
 */
public record Versioned<S>(UUID id, long version, @Nullable Long number, S state) {

    /** The integer id, for collections that have one. */
    public long requireNumber() {
        if (number == null) {
            throw new IllegalStateException("aggregate " + id + " has no number");
        }
        return number;
    }
}
