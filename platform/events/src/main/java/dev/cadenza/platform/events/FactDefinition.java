package dev.cadenza.platform.events;

import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How facts of one kind, which are written once and never change, are stored and told to others.
 *
 * @param name collection
 * @param factType record, with the same components as {@link AggregateDefinition#stateType()} allows
 * @param topic where the events go; null where nobody else hears of them
 * @param translate turns a fact into what others read; null where there is no topic
 * @param indexes on fields such as {@code fact.trackId}
 */
public record FactDefinition<F extends Record>(
        String name,
        Class<F> factType,
        @Nullable String topic,
        @Nullable BiFunction<UUID, F, EventMessage> translate,
        List<IndexSpec> indexes) {

    public FactDefinition {
        if ((topic == null) != (translate == null)) {
            throw new IllegalArgumentException("a topic needs a translation, and the other way round: " + name);
        }
        indexes = List.copyOf(indexes);
    }

    /** Facts that nobody outside hears of. */
    public static <F extends Record> FactDefinition<F> unpublished(
            String name, Class<F> factType, List<IndexSpec> indexes) {
        return new FactDefinition<>(name, factType, null, null, indexes);
    }
}
