package dev.cadenza.platform.events;

import dev.cadenza.platform.core.Failure.Conflict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index, created when the service starts.
 *
 * @param fields paths such as {@code state.ownerId}; a leading {@code -} means descending
 * @param conflict for unique indexes: the answer to a write that violates it; null for all others. Unique indexes are
 *     sparse: a document that has none of the fields is not in them
 */
public record IndexSpec(List<String> fields, @Nullable Conflict conflict) {

    public IndexSpec {
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("an index needs a field");
        }
    }

    /** An index that makes queries fast. */
    public static IndexSpec on(String... fields) {
        return new IndexSpec(List.of(fields), null);
    }

    /** An index that forbids two documents with the same values; the second writer gets this conflict. */
    public static IndexSpec unique(String conflictCode, String conflictMessage, String... fields) {
        return new IndexSpec(List.of(fields), new Conflict(conflictCode, conflictMessage));
    }

    /** Name in the database, made of the fields. */
    public String name() {
        return String.join("_", fields);
    }
}
